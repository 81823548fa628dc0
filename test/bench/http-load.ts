import { connect, type Socket } from 'node:net'

/** What is asked for, again and again. */
export interface Target {
  url: string
  headers: Record<string, string>
  /** Of a POST, one for each; absent: a GET. */
  body?: () => string
}

/**
 * Sends requests over so many connections that are kept, each waiting for its answer before it asks anew, for so long. The
 * client shares the machine with what it measures, so it reads no more of an answer than its status and its length:
 * a client that costs as much as the server would make any two servers look alike.
 *
 * @returns answers a second
 * @throws Error for an answer that is not a success
 */
export async function requestRate(
  target: Target,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<number> {
  const began = performance.now()
  const until = began + 1000 * seconds
  const goesOn = () => performance.now() < until
  const counts = await Promise.all(Array.from({ length: connections }, () => askWhile(goesOn, target)))
  const took = (performance.now() - began) / 1000
  return counts.reduce((sum, count) => sum + count, 0) / took
}

/**
 * Sends so many requests over so many connections in the same way.
 *
 * @throws Error for an answer that is not a success
 */
export async function requestMany(
  target: Target,
  { connections, requests }: { connections: number; requests: number },
): Promise<void> {
  // Each connection asks once before it looks at what is left.
  let left = requests - connections
  const goesOn = () => left-- > 0
  await Promise.all(Array.from({ length: connections }, () => askWhile(goesOn, target)))
}

/** On one connection. @param goesOn asked after each answer @returns how many answers came */
function askWhile(goesOn: () => boolean, { url, headers, body }: Target): Promise<number> {
  const { hostname, port, host, pathname, search } = new URL(url)
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}`)
  const get = Buffer.from([`GET ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n'), 'latin1')
  const request = () => {
    if (body === undefined) return get
    const content = body()
    const length = `Content-Length: ${Buffer.byteLength(content)}`
    return [`POST ${pathname}${search} HTTP/1.1`, ...lines, length, '', content].join('\r\n')
  }
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(Number(port), hostname)
    socket.setNoDelay(true)
    let answers = 0
    /** Bytes of the answer under way that are still to come. */
    let missing = 0
    socket.on('connect', () => socket.write(request()))
    socket.on('error', reject)
    socket.on('end', () => reject(new Error(`${url} ended the connection`)))
    socket.on('data', (chunk) => {
      if (missing === 0) missing = lengthOf(chunk)
      missing -= chunk.length
      if (Number.isNaN(missing)) {
        socket.destroy()
        return reject(new Error(`${url} was answered: ${chunk.toString()}`))
      }
      if (missing > 0) return
      answers++
      if (goesOn()) return void socket.write(request())
      socket.destroy()
      resolve(answers)
    })
  })
}

/** Bytes of an answer, headers and body, by its first chunk, which has all of its headers; NaN unless it is a success. */
function lengthOf(chunk: Buffer): number {
  const end = chunk.indexOf('\r\n\r\n')
  const head = chunk.toString('latin1', 0, end)
  if (end === -1 || !/^HTTP\/1\.1 2\d\d /.test(head)) return NaN
  return end + 4 + Number(/\ncontent-length: *(\d+)/i.exec(head)?.[1])
}
