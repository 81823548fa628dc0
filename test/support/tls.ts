import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Files in PEM. */
export interface Certificate {
  key: string
  /** Signed by itself, for localhost: who has it as an authority trusts it. */
  certificate: string
}

/** Makes one, in a folder that is there. */
export async function makeCertificate(dir: string): Promise<Certificate> {
  const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')]
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=leadferry-test', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
    ...['-keyout', key, '-out', certificate],
  ])
  return { key, certificate }
}

/** Something that speaks TLS to whoever connects, and passes all on to a port of this machine without. */
export interface TlsFront {
  port: number
  close(): Promise<void>
}

export async function tlsFront(target: number, { key, certificate }: Certificate): Promise<TlsFront> {
  const sockets = new Set<Socket>()
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (outer) => {
    const inner = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy()).on('close', () => to.destroy())
      from.pipe(to)
    }
  })
  // A client that does not trust the certificate leaves.
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
