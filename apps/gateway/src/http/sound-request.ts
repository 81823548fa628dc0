import type { IncomingMessage } from 'node:http'
import { AppError } from '#core'
import { headerValues } from './header-values.js'

/** A name, an IPv4 address or an IPv6 one in brackets, and a port (RFC 3986, 3.2.2); it may be empty. */
const host = /^([\w.~!$&'()*+,;=%-]*|\[[\w:.]+\])(:\d*)?$/

/**
 * Refuses what Node's parser lets pass and RFC 9112 does not: a request of HTTP/1.1 names its host (3.2), none
 * names two, and a body in a transfer coding that nobody here undoes would be read as what it is not (6.1).
 *
 * @throws AppError 400 MALFORMED_REQUEST
 */
export function requireSoundRequest({ httpVersion, headers, rawHeaders }: IncomingMessage): void {
  const hosts = headerValues(rawHeaders, 'host')
  if (hosts.length === 0 && httpVersion === '1.1') throw malformed('The request has no Host header')
  if (hosts.length > 1) throw malformed('The request has more than one Host header')
  if (hosts.some((name) => !host.test(name))) throw malformed('The Host header is not a host')
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked')
    throw malformed('The only Transfer-Encoding is chunked')
}

const malformed = (message: string): AppError => new AppError('MALFORMED_REQUEST', { message })
