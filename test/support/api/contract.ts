import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { closed } from './closed-schema.js'
import { type Document, type Response, resolved } from './openapi.js'

/** What a client sent, in as far as it matters here, and what came back. */
export interface Exchange {
  method: string
  /** The path below the server's root, with or without a query. */
  path: string
  status: number
  contentType: string | null
  /** The body, parsed where it is JSON. */
  body: unknown
  text: string
}

/** What the public port serves and the document leaves out on purpose: none of it is called by programs. */
export const outsideTheDocument = [
  /** The page behind a mailed link, for people. */
  /^\/d\//,
  /** The archive, for people. */
  /^\/archives(\/|$)/,
  /** Files by signed URLs, which other answers hand out. */
  /^\/files\//,
  /** The document itself and the page to try it. */
  /^\/openapi\.json$/,
  /^\/docs(\/|$)/,
]

/** Holds answers against an OpenAPI document, which they may not know better than: no field beside the documented ones. */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true })
  private readonly validators = new Map<object, ValidateFunction>()
  private static readonly byServer = new Map<string, Promise<Contract>>()

  constructor(private readonly document: Document) {
    formats.default(this.ajv)
    this.ajv.addSchema({ $id: 'document', components: closed(document.components) })
  }

  /** The contract of a running gateway, read once per server. */
  static of(origin: string): Promise<Contract> {
    const known = this.byServer.get(origin)
    if (known !== undefined) return known
    const reading = read(origin)
    this.byServer.set(origin, reading)
    // A server that is not up yet is asked again.
    reading.catch(() => this.byServer.delete(origin))
    return reading
  }

  /** @throws Error that lists each difference on a line */
  hold(exchange: Exchange): void {
    const differences = this.differences(exchange)
    if (differences.length === 0) return
    const { method, path, status, text } = exchange
    const head = `${method} ${path} answered ${status}, which /openapi.json does not describe:`
    throw new Error(
      [head, ...differences.map((one) => `  ${one}`), `  the body: ${text.slice(0, 500)}`].join('\n'),
    )
  }

  private differences(exchange: Exchange): string[] {
    const { method, path, status, contentType, body, text } = exchange
    const pathname = path.replace(/[?#].*$/s, '')
    if (outsideTheDocument.some((pattern) => pattern.test(pathname))) return []
    if (status === 500) return ['a fault of ours is never right']
    const item = this.itemOf(pathname)
    // A path or a method that the document does not have must not work: these errors are all it may answer.
    if (item === undefined) return this.refusal([400, 401, 404, 413, 415, 429, 503], exchange)
    // Of any path, what is allowed on it (RFC 9110, 9.3.7); a document has no place for that.
    if (method === 'OPTIONS' && status === 204) return text === '' ? [] : ['a 204 has no body']
    const operation = item[method === 'HEAD' ? 'get' : method.toLowerCase()]
    if (operation === undefined) return this.refusal([400, 401, 404, 405, 429, 503], exchange)
    const response = operation.responses[status]
    if (response === undefined)
      return [`the status is none of ${Object.keys(operation.responses).join(', ')}`]
    if (method === 'HEAD') return bodyOfHead(text)
    return this.bodyDifferences(resolved(this.document, response), contentType, body, text)
  }

  private bodyDifferences(
    { content }: Response,
    contentType: string | null,
    body: unknown,
    text: string,
  ): string[] {
    if (content === undefined) return text === '' ? [] : ['a body where none is documented']
    const type = (contentType ?? 'none').replace(/;.*$/s, '')
    const media = content[type]
    if (media === undefined) return [`the content type is ${type}, not ${Object.keys(content).join(' or ')}`]
    return this.schemaDifferences(media.schema, body)
  }

  private refusal(statuses: number[], { method, status, body, text }: Exchange): string[] {
    if (!statuses.includes(status)) return ['no such operation is documented']
    if (method === 'HEAD') return bodyOfHead(text)
    return this.schemaDifferences({ $ref: '#/components/schemas/Error' }, body)
  }

  private schemaDifferences(schema: object, value: unknown): string[] {
    const validate = this.validators.get(schema) ?? this.ajv.compile(located(closed(schema)))
    this.validators.set(schema, validate)
    return validate(value) ? [] : (validate.errors ?? []).map(described)
  }

  /** The paths's item; of several templates that match, the one with fewer parameters. */
  private itemOf(pathname: string): Document['paths'][string] | undefined {
    const matching = Object.keys(this.document.paths)
      .filter((template) => patternOf(template).test(pathname))
      .sort((a, b) => a.split('{').length - b.split('{').length)
    return matching[0] === undefined ? undefined : this.document.paths[matching[0]]
  }
}

async function read(origin: string): Promise<Contract> {
  const answer = await fetch(`${origin}/openapi.json`)
  if (!answer.ok) throw new Error(`${origin}/openapi.json answered ${answer.status}`)
  return new Contract((await answer.json()) as Document)
}

const bodyOfHead = (text: string): string[] => (text === '' ? [] : ['a HEAD has no body'])

/** A parameter is never empty: with nothing in its place it is another path. */
const patternOf = (template: string): RegExp => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`)

/** References of the document lead into the schema that was added under its name. */
const located = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as object

const described = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || 'the body'} ${message ?? ''} ${JSON.stringify(params)}`
