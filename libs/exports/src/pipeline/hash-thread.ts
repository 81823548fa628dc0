import { Worker } from 'node:worker_threads'

/**
 * Runs in the thread. A text, so that there is no file to be found when the code runs compiled, or in a test.
 * It answers in the order it is asked: the sha256 of the bytes alone, or of all bytes of the file where none are given.
 */
const HASHING = `
const { createHash } = require('node:crypto')
const { parentPort } = require('node:worker_threads')
const files = new Map()
parentPort.on('message', ({ file, memory, length }) => {
  const whole = files.get(file) ?? createHash('sha256')
  if (memory === undefined) {
    files.delete(file)
    return parentPort.postMessage(whole.digest('hex'))
  }
  files.set(file, whole)
  const bytes = Buffer.from(memory, 0, length)
  whole.update(bytes)
  parentPort.postMessage(createHash('sha256').update(bytes).digest('hex'))
})`

/** It holds no more than a few hashes. */
const LIMITS = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 }

interface Question {
  resolve: (sha256: string) => void
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
    this.thread.on('message', (sha256: string) => this.answered()?.resolve(sha256))
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

  ask(file: number, memory?: SharedArrayBuffer, length?: number): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) return reject(this.failure)
      this.asked.push({ resolve, reject })
      this.thread.ref()
      this.thread.postMessage({ file, memory, length })
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
   * Adds a part, whose bytes must stay as they are until the answer is there.
   *
   * @param part lies in shared memory, from its begin on
   * @returns the hash of the part alone
   */
  add(part: Buffer): Promise<string> {
    return this.thread.ask(this.file, part.buffer as unknown as SharedArrayBuffer, part.length)
  }

  /** The hash of all parts in the order in which they were added. */
  digest(): Promise<string> {
    this.isTaken = true
    return this.thread.ask(this.file)
  }

  /** Forgets a file that is not finished. */
  drop(): void {
    if (!this.isTaken) this.digest().catch(() => undefined)
  }
}
