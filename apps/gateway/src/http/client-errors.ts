import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { AppError, type ErrorCode } from '#core'
import { envelope } from './envelope.js'

const codes: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'PAYLOAD_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
}

interface ClientError {
  code?: string
  /** The bytes that were being read; a Buffer, whatever Fastify's types say. */
  rawPacket?: unknown
}

/**
 * Answers what Node's parser refuses before there is a request: the same envelope as everywhere, written
 * by hand, and the connection ends, because where the next request would begin is not known.
 */
export function answerClientError({ code = '', rawPacket }: ClientError, socket: Socket): void {
  // A connection that was reset has nobody to answer.
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const requestId = randomUUID()
  const error = new AppError(codes[code] ?? 'MALFORMED_REQUEST')
  const body = JSON.stringify(envelope(error, requestId))
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ]
  const sent = isHead(rawPacket) ? '' : body
  socket.end(`${head.join('\r\n')}\r\n\r\n${sent}`, () => socket.destroySoon())
}

/** A client would take the body of an answer to HEAD for another answer (RFC 9112, 6.3). */
const isHead = (packet: unknown): boolean =>
  Buffer.isBuffer(packet) && packet.subarray(0, 5).toString('latin1') === 'HEAD '
