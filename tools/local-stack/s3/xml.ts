import { S3Error } from './errors.js'

/** An element to be written: its name, and its text or its children. */
export type Xml = readonly [name: string, content: string | number | boolean | readonly Xml[]]

export const xmlNamespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** @param namespace of the root; error documents have none */
export function renderXml([name, content]: Xml, namespace?: string): string {
  const attribute = namespace ? ` xmlns="${namespace}"` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${renderContent(content)}</${name}>`
}

function renderContent(content: Xml[1]): string {
  if (!isElements(content)) return escapeText(String(content))
  return content.map(([name, inner]) => `<${name}>${renderContent(inner)}</${name}>`).join('')
}

function isElements(content: Xml[1]): content is readonly Xml[] {
  return typeof content === 'object'
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Control characters as references, as S3 does, so that a key with a carriage return survives a parser. */
function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replace(/[\u0001-\u001f\u007f]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`)
}

/** An element that was read. Attributes, comments and mixed content carry no meaning in S3's requests. */
export interface XmlElement {
  name: string
  text: string
  children: XmlElement[]
}

const token =
  /<\?[^>]*\?>|<!--[^]*?-->|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy

/** @throws S3Error MalformedXML; a document type is refused with it, so no entity is ever expanded */
export function parseXml(source: string): XmlElement {
  const document: XmlElement = { name: '', text: '', children: [] }
  const open = [document]
  token.lastIndex = 0
  while (token.lastIndex < source.length) {
    const match = token.exec(source)
    const parent = open.at(-1)
    if (!match || !parent) throw new S3Error('MalformedXML')
    const [, closing, name, , selfClosing, text] = match
    if (text !== undefined) parent.text += unescapeText(text)
    if (name === undefined) continue
    if (closing) {
      if (open.pop()?.name !== name) throw new S3Error('MalformedXML')
      continue
    }
    const element: XmlElement = { name, text: '', children: [] }
    parent.children.push(element)
    if (!selfClosing) open.push(element)
  }
  const [root] = document.children
  if (!root || document.children.length > 1 || open.length > 1 || document.text.trim() !== '') {
    throw new S3Error('MalformedXML')
  }
  return root
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeText(text: string): string {
  return text.replace(/&([^;]*);?/g, (_, reference: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(reference)
    if (code) return characterOf(code[1] ? parseInt(code[1], 16) : Number(code[2]))
    const character = named[reference]
    if (!character) throw new S3Error('MalformedXML')
    return character
  })
}

function characterOf(codePoint: number): string {
  if (codePoint > 0x10ffff) throw new S3Error('MalformedXML')
  return String.fromCodePoint(codePoint)
}

/** The text of the child named so, undefined when there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text
}
