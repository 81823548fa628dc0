import type { Contract } from '../support/api/contract.js'
import type { Call } from './draft.js'
import type { Received } from './send.js'

/** From about here on Node reads a request's line and headers no further. */
const HEAD_LIMIT = 16_000

/** What only the other workspace has. */
export interface Secrets {
  /** Words that stand in every text of it. */
  canary: RegExp
  /** Hex digits of its ids and hashes. */
  hex: ReadonlySet<string>
}

/** Says of an answer what no answer may be. */
export class Judge {
  constructor(
    private readonly contract: Contract,
    private readonly secrets: Secrets,
  ) {}

  /** @returns what is wrong with it, a sentence each; nothing for most answers */
  faultsOf(call: Call, answer: Received): string[] {
    return [
      ...(answer.status >= 500 ? [`it answered ${answer.status}`] : []),
      ...this.differences(call, answer),
      ...this.leaks(call, answer).map((found) => `it has a byte of another workspace: ${found}`),
    ]
  }

  private differences(call: Call, { status, contentType, text }: Received): string[] {
    const { method, path } = call
    // Answered to the connection, before there is an operation that could document it.
    if (status === 431 && headLength(call) > HEAD_LIMIT) return []
    try {
      const body: unknown = contentType?.includes('json') === true && text !== '' ? JSON.parse(text) : {}
      this.contract.hold({ method, path: unescaped(path), status, contentType, body, text })
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  }

  /** What the caller sent may be told back to it. */
  private leaks(call: Call, { rawHeaders, text }: Received): string[] {
    const answered = `${rawHeaders.join('\n')}\n${text}`
    const found = [
      ...(answered.match(this.secrets.canary) ?? []),
      ...(answered.match(/[0-9a-f]{16,}/g) ?? []).filter((hex) => this.secrets.hex.has(hex)),
    ]
    if (found.length === 0) return []
    const sent = sentText(call)
    return [...new Set(found)].filter((secret) => !sent.includes(secret.toLowerCase()))
  }
}

/** As templates are compared: an escaped letter is the letter (RFC 3986, 6.2.2.2), an escaped slash is not a slash. */
const unescaped = (path: string): string =>
  path.replaceAll(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const character = String.fromCharCode(parseInt(hex, 16))
    return /[\w.~-]/.test(character) ? character : escape
  })

const sentText = ({ path, headers, body }: Call): string =>
  [path, unescaped(path), ...headers.flat(), body?.toString() ?? ''].join('\n').toLowerCase()

const headLength = ({ path, headers }: Call): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, path.length)
