import type { Socket } from 'node:net'
import type pg from 'pg'
import { freeMemory } from './free-memory.js'

/** A message of the server begins with its kind and its length, which counts itself (PostgreSQL, "Message Formats"). */
const KIND_BYTES = 1
const LENGTH_BYTES = 4
const HEAD_BYTES = KIND_BYTES + LENGTH_BYTES
const COPY_DATA = 'd'.charCodeAt(0)

type Listener = (bytes: Buffer) => void

/**
 * Reads the rows of a `COPY … TO STDOUT` in the chunks in which the socket delivers them. It removes the heads of the
 * messages in place, so that it allocates nothing per row. pg accepts the object in place of a query and calls the handlers
 * by name; CopyOut passes every other message to pg. When the consumer requests no chunk, the server stops sending.
 *
 *     for await (const chunk of CopyOut.on(client, 'COPY … TO STDOUT (FORMAT binary)')) …
 */
export class CopyOut {
  private socket: Socket | undefined
  /** pg's own, which CopyOut replaces while rows come. */
  private readonly listeners: Listener[] = []
  private ended = false
  private failure: Error | undefined
  private wake: (() => void) | undefined
  /** Kind of the current message. */
  private kind = 0
  /** Bytes of the current message that are to come; 0 where the next one begins. */
  private missing = 0
  /** The first bytes of a head that is split between two chunks. */
  private readonly head = Buffer.alloc(HEAD_BYTES)
  private headLength = 0
  /** Whether pg has got a part of the current chunk, which it may keep. */
  private isShared = false

  private constructor(private readonly sql: string) {}

  /**
   * @returns chunks of any length; a chunk is valid only until the next one is requested
   * @throws the error of PostgreSQL or of the connection. A consumer that stops before the last row must close the client,
   *   because nobody reads the rest.
   */
  static async *on(client: pg.ClientBase, sql: string): AsyncGenerator<Buffer> {
    const copy = client.query(new CopyOut(sql))
    for (;;) {
      const chunk = copy.next()
      if (chunk === undefined) return
      if (chunk === null) {
        await copy.more()
        continue
      }
      const rows = chunk.subarray(0, copy.unframe(chunk))
      if (rows.length > 0) yield rows
      copy.free(chunk)
    }
  }

  submit(connection: pg.Connection): void {
    this.socket = connection.stream as Socket
    this.listeners.push(...(this.socket.listeners('data') as Listener[]))
    for (const listener of this.listeners) this.socket.off('data', listener)
    this.socket.pause()
    this.socket.on('readable', this.onReadable)
    connection.query(this.sql)
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.end()
  }

  handleError(error: Error): void {
    this.failure = error
    this.end()
  }

  /** Returns the bytes that have arrived: null when there are none yet, undefined when there are no more. */
  private next(): Buffer | null | undefined {
    if (this.failure !== undefined) throw this.failure
    if (this.ended) return undefined
    // Before it is submitted there is no socket.
    return (this.socket?.read() ?? null) as Buffer | null
  }

  /** Resolves when the socket may have bytes, or the query has ended. */
  private more(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve))
  }

  private readonly onReadable = (): void => this.wake?.()

  /** Moves the rows in a chunk to its beginning and passes the rest to pg. Returns the length of the rows in bytes. */
  private unframe(chunk: Buffer): number {
    this.isShared = false
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
    let at = 0
    let to = 0
    while (at < chunk.length && !this.ended) {
      if (this.missing === 0) {
        at += this.readHead(chunk, at)
        continue
      }
      const length = Math.min(this.missing, chunk.length - at)
      if (this.kind === COPY_DATA) {
        moveBack(view, at, to, length)
        to += length
      }
      this.missing -= length
      at += length
      // After the state is up to date, because pg may end this query while it reads the message.
      if (this.kind !== COPY_DATA) this.toPg(chunk.subarray(at - length, at))
    }
    if (at < chunk.length) this.toPg(chunk.subarray(at))
    return to
  }

  /** Reads a head, or the part of it that the chunk has. Returns the length of that part in bytes. */
  private readHead(chunk: Buffer, at: number): number {
    if (this.headLength === 0 && chunk.length - at >= HEAD_BYTES) {
      this.begin(chunk.readUInt8(at), chunk.readInt32BE(at + KIND_BYTES))
      if (this.kind !== COPY_DATA) this.toPg(chunk.subarray(at, at + HEAD_BYTES))
      return HEAD_BYTES
    }
    const length = chunk.copy(this.head, this.headLength, at)
    this.headLength += length
    if (this.headLength < HEAD_BYTES) return length
    this.headLength = 0
    this.begin(this.head.readUInt8(), this.head.readInt32BE(KIND_BYTES))
    if (this.kind !== COPY_DATA) this.toPg(Buffer.from(this.head))
    return length
  }

  private begin(kind: number, length: number): void {
    if (length < LENGTH_BYTES) throw new Error(`PostgreSQL sent a message of length ${length}`)
    this.kind = kind
    this.missing = length - LENGTH_BYTES
  }

  /** What a socket reads has memory of its own, but a short chunk may come from Node's pool. */
  private free(chunk: Buffer): void {
    if (!this.isShared && chunk.length === chunk.buffer.byteLength) freeMemory(chunk)
  }

  private toPg(bytes: Buffer): void {
    this.isShared = true
    for (const listener of this.listeners) listener(bytes)
  }

  /** Gives the socket back to pg. */
  private end(): void {
    if (this.ended) return
    this.ended = true
    const { socket } = this
    if (socket !== undefined) {
      socket.off('readable', this.onReadable)
      for (const listener of this.listeners) socket.on('data', listener)
      // A socket checks only in the next tick whether it still has a 'readable' listener.
      process.nextTick(() => socket.resume())
    }
    this.wake?.()
  }
}

/** Moves bytes word by word, because a row is too short for a native call. The target is at least a head before the source. */
function moveBack(view: DataView, from: number, to: number, length: number): void {
  if (from === to) return
  let i = 0
  for (; i + 4 <= length; i += 4) view.setInt32(to + i, view.getInt32(from + i))
  for (; i < length; i++) view.setUint8(to + i, view.getUint8(from + i))
}
