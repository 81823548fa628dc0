import { request } from 'node:http'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

export interface RawRequest {
  method: string
  url: string
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
  /** Dies after the body instead of ending the request. */
  dieAfterBody?: boolean
}

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** One request without a client's help: nothing is normalised, signed or retried. */
export function sendRaw({ method, url, headers, body, dieAfterBody }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port, origin } = new URL(url)
    const path = url.slice(origin.length)
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, (incoming) => {
      incoming.setEncoding('utf8')
      let text = ''
      incoming.on('data', (piece: string) => (text += piece))
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
      )
    })
    outgoing.on('error', reject)
    if (!dieAfterBody) outgoing.end(body)
    else outgoing.write(body ?? '', () => outgoing.destroy(new Error('died on purpose')))
  })
}

/** The Code of an S3 error document. */
export function errorCode({ body }: RawAnswer): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(body)?.[1]
}
