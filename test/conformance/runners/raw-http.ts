import { once } from 'node:events'
import { connect } from 'node:net'
import type { Runner } from './runner.js'

const MAX_MS = 20_000

/** The lines of a request, written to a socket. */
export const rawHttp: Runner = {
  name: 'http',
  missing: () => Promise.resolve(null),
  run: async (example, { hostname, port }) => {
    const socket = connect(Number(port), hostname)
    socket.setTimeout(MAX_MS, () => socket.destroy(new Error(`no answer in ${MAX_MS / 1000} s`)))
    try {
      await once(socket, 'connect')
      socket.write(onTheWire(example))
      socket.resume()
      await once(socket, 'end')
      return null
    } catch (error) {
      return String(error)
    } finally {
      socket.destroy()
    }
  },
}

/** What a page leaves out: CRLF, the empty line, the body's length, and that no second request follows. */
function onTheWire(example: string): string {
  const [head = '', body = ''] = example.split(/\n\n([^]*)/)
  const lines = [...head.split('\n'), 'Connection: close']
  if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
