/** A request on its way to be sent: still in parts, so that each can be spoiled on its own. */
export interface Draft {
  method: string
  /** `/api/v1/leads/{leadId}` */
  template: string
  /** Percent-encoded, by parameter. */
  path: Record<string, string>
  /** Percent-encoded names and values. */
  query: [string, string][]
  headers: [string, string][]
  /** A JSON value; undefined: no body. */
  body: unknown
  /** What is done to the body's bytes, in turn. */
  spoil: ((bytes: Buffer) => Buffer)[]
}

/** A request as it is sent. */
export interface Call {
  method: string
  /** The request target, below the origin. */
  path: string
  headers: readonly (readonly [string, string])[]
  body?: Buffer
}

export function callOf(draft: Draft): Call {
  const { method, template, path, query, headers, body, spoil } = draft
  const target = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '')
  const search = query.map(([name, value]) => `${name}=${value}`).join('&')
  const json = body === undefined ? Buffer.alloc(0) : Buffer.from(jsonOf(body))
  const bytes = spoil.reduce<Buffer>((before, change) => change(before), json)
  const hasBody = body !== undefined || spoil.length > 0
  return {
    method,
    path: search === '' ? target : `${target}?${search}`,
    headers,
    ...(hasBody && { body: bytes }),
  }
}

/** Percent-encodes all but unreserved characters. A lone surrogate becomes U+FFFD, as UTF-8 has none. */
export const escape = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`
    })
    .join('')

/** Stands in a JSON value for text that JSON.stringify would not write, such as 1e400. */
export const verbatim = (json: string): string => `<verbatim>${json}</verbatim>`

const jsonOf = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"<verbatim>([^"\\]*)<\/verbatim>"/g, '$1')

/** A command that sends the same, for whoever looks into a failure; bytes beyond ASCII in a path or header it sends as UTF-8. */
export function curlOf(origin: string, { method, path, headers, body }: Call): string {
  const words = ['curl', '-sS', '-i', '-g', '--path-as-is', '-X', method, `${origin}${path}`]
  for (const [name, value] of headers) words.push('-H', value === '' ? `${name};` : `${name}: ${value}`)
  if (body === undefined) return words.map(quoted).join(' ')
  const isText = Buffer.from(body.toString()).equals(body) && !body.includes(0)
  return isText
    ? [...words, '--data-raw', body.toString()].map(quoted).join(' ')
    : `base64 -d <<< ${body.toString('base64')} | ${[...words, '--data-binary', '@-'].map(quoted).join(' ')}`
}

const quoted = (word: string): string =>
  /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** What Node lets a client write into a header. */
export const headerText = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')
