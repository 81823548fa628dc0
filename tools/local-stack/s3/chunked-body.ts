import { S3Error } from './errors.js'

const maxLineBytes = 8 * 1024
const lineFeed = 0x0a

/**
 * Takes the framing off an `aws-chunked` body without chunk signatures: `<hex size>\r\n<bytes>\r\n …
 * 0\r\n`, then trailer lines, then an empty line. This framing is S3's own, below HTTP's.
 * Source: "Trailing checksums", Amazon S3 User Guide.
 *
 * @param trailers filled with the trailing headers, lower-case names, once the body was read to its end
 * @throws S3Error IncompleteBody when the body ends early, InvalidRequest when the framing is broken
 */
export async function* decodeAwsChunked(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const decoder = new ChunkDecoder(trailers)
  for await (const piece of body) yield* decoder.push(piece)
  if (!decoder.done) throw new S3Error('IncompleteBody')
}

type State = 'size' | 'data' | 'data end' | 'trailer' | 'done'

class ChunkDecoder {
  private state: State = 'size'
  /** Bytes of the current chunk that are still to come. */
  private remaining = 0
  /** The beginning of a line that a piece of the body cut through. */
  private partialLine = ''

  constructor(private readonly trailers: Map<string, string>) {}

  get done(): boolean {
    return this.state === 'done'
  }

  *push(piece: Buffer): Generator<Buffer> {
    let rest = piece
    while (rest.length > 0) {
      if (this.state === 'data') {
        const data = rest.subarray(0, this.remaining)
        rest = rest.subarray(data.length)
        this.remaining -= data.length
        if (this.remaining === 0) this.state = 'data end'
        yield data
      } else {
        rest = this.takeLine(rest)
      }
    }
  }

  /** @returns what follows the line */
  private takeLine(bytes: Buffer): Buffer {
    const end = bytes.indexOf(lineFeed)
    this.partialLine += bytes.toString('latin1', 0, end === -1 ? bytes.length : end + 1)
    if (this.partialLine.length > maxLineBytes) throw malformed()
    if (end === -1) return bytes.subarray(bytes.length)
    if (!this.partialLine.endsWith('\r\n')) throw malformed()
    this.readLine(this.partialLine.slice(0, -2))
    this.partialLine = ''
    return bytes.subarray(end + 1)
  }

  private readLine(line: string): void {
    switch (this.state) {
      case 'size':
        if (!/^[0-9a-f]{1,12}$/i.test(line)) throw malformed()
        this.remaining = parseInt(line, 16)
        this.state = this.remaining === 0 ? 'trailer' : 'data'
        return
      case 'data end':
        if (line !== '') throw malformed()
        this.state = 'size'
        return
      case 'trailer':
        if (line === '') this.state = 'done'
        else this.readTrailer(line)
        return
      case 'data':
      case 'done':
        throw malformed()
    }
  }

  private readTrailer(line: string): void {
    const [, name, value] = /^([\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (!name || value === undefined) throw new S3Error('MalformedTrailerError')
    this.trailers.set(name.toLowerCase(), value)
  }
}

function malformed(): S3Error {
  return new S3Error('InvalidRequest', 'The aws-chunked body is not well-formed')
}
