import { Worker } from 'node:worker_threads'

/**
 * Runs in the thread. It is a text, so that no file has to be found when the code runs compiled or in a test. The thread
 * answers in the order in which it is asked: with the sha256 of a part and the part's memory, or with the sha256 of all
 * parts of the file when it is given none.
 */
const HASHING = `
const { createHash } = require('node:crypto')
const { parentPort } = require('node:worker_threads')
const files = new Map()
parentPort.on('message', ({ file, memory, length }) => {
  const whole = files.get(file) ?? createHash('sha256')
  if (memory === undefined) {
    files.delete(file)
    return parentPort.postMessage({ sha256: whole.digest('hex') })
  }
  files.set(file, whole)
  const bytes = Buffer.from(memory, 0, length)
  whole.update(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  parentPort.postMessage({ sha256, memory }, [memory])
})`

/** It holds no more than a few hashes. */
const LIMITS = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 }

interface Answer {
  /** Hex. */
  sha256: string
  /** Of the part that was hashed. */
  memory?: ArrayBuffer
}

interface Question {
  resolve: (answer: Answer) => void
  reject: (error: Error) => void
}

/**
 * A thread that hashes. Of the time that the main thread takes for a large file in JSON, a third was sha256, once for
 * the file and once for the signature of each part.
 */
class HashThread {
  private readonly asked: Question[] = []
  private readonly thread = new Worker(HASHING, { eval: true, resourceLimits: LIMITS })
  private failure: Error | undefined
  private files = 0

  constructor() {
    this.thread.on('message', (answer: Answer) => this.answered()?.resolve(answer))
    this.thread.on('error', (error) => this.fail(error))
    this.thread.on('exit', (code) => this.fail(new Error(`the thread that hashes ended with ${code}`)))
    // It keeps no process from ending, unless somebody waits for it.
    this.thread.unref()
  }

  get isOver(): boolean {
    return this.failure !== undefined
  }

  newFile(): number {
    return this.files++
  }

  ask(file: number, memory?: ArrayBuffer, length?: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) return reject(this.failure)
      this.asked.push({ resolve, reject })
      this.thread.ref()
      this.thread.postMessage({ file, memory, length }, memory === undefined ? [] : [memory])
    })
  }

  private answered(): Question | undefined {
    const question = this.asked.shift()
    if (this.asked.length === 0) this.thread.unref()
    return question
  }

  private fail(error: Error): void {
    this.failure ??= error
    for (const { reject } of this.asked.splice(0)) reject(this.failure)
  }
}

/** One for the process, begun with the first file that needs it. */
let thread: HashThread | undefined

/** The sha256 of a file and of its parts, in hex, taken beside the main thread. */
export class FileHash {
  private readonly thread: HashThread
  private readonly file: number
  private isTaken = false

  constructor() {
    if (thread === undefined || thread.isOver) thread = new HashThread()
    this.thread = thread
    this.file = thread.newFile()
  }

  /**
   * Adds a part. Its memory moves to the thread and back: the caller's buffer is detached at once, and the answer has a new
   * one on the same memory. Memory that is shared with the thread would stay alive until the thread collects garbage,
   * which a thread that allocates next to nothing never does.
   *
   * @param buffer all of its memory; it must not be a slice
   * @param length how many of its bytes are the part, from the first one on
   * @returns the sha256 of the part alone, and the buffer
   * @throws Error when the thread has ended; the memory is lost then
   */
  async add(buffer: Buffer, length: number): Promise<{ sha256: string; buffer: Buffer }> {
    const { sha256, memory } = await this.thread.ask(this.file, buffer.buffer as ArrayBuffer, length)
    if (memory === undefined) throw new Error('the thread that hashes gave no memory back')
    return { sha256, buffer: Buffer.from(memory) }
  }

  /** The sha256 of all parts in the order in which they were added. */
  async digest(): Promise<string> {
    this.isTaken = true
    return (await this.thread.ask(this.file)).sha256
  }

  /** Forgets a file that is not finished. */
  drop(): void {
    if (!this.isTaken) this.digest().catch(() => undefined)
  }
}
