import { MAX_DEPTH } from './json-budgets.js'

const [QUOTE, BACKSLASH] = ['"', '\\'].map((mark) => mark.charCodeAt(0)) as [number, number]

/** Where the text ends that begins with the quote at `start`: its closing quote, or the end of the bytes where it has none. */
export function endOfText(json: Uint8Array, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return Math.min(at, json.length)
}

/** The text between the quotes at `start` and `end`; as it is written where an escape in it is wrong. */
export function textOf(json: Buffer, start: number, end: number): string {
  const written = json.toString('utf8', start + 1, end)
  if (!written.includes('\\')) return written
  try {
    return JSON.parse(`"${written}"`) as string
  } catch {
    return written
  }
}

/** Remembers, for each open list or object, which of its members is being read. Below MAX_DEPTH it remembers nothing. */
export class JsonPlaces {
  private readonly lists = new Uint8Array(MAX_DEPTH + 1)
  private readonly indexes = new Uint32Array(MAX_DEPTH + 1)
  private readonly nameStarts = new Uint32Array(MAX_DEPTH + 1)
  private readonly nameEnds = new Uint32Array(MAX_DEPTH + 1)
  /** The text that was read last, its quotes included. */
  private start = 0
  private end = 0

  constructor(private readonly json: Buffer) {}

  /** @returns `end` */
  text(start: number, end: number): number {
    this.start = start
    this.end = end
    return end
  }

  open(depth: number, isList: boolean): void {
    if (depth > MAX_DEPTH) return
    this.lists[depth] = isList ? 1 : 0
    this.indexes[depth] = 0
    this.nameStarts[depth] = 0
    this.nameEnds[depth] = 0
  }

  /** The text that was read last is a key of the object at this depth. */
  name(depth: number): void {
    if (depth > MAX_DEPTH) return
    this.nameStarts[depth] = this.start
    this.nameEnds[depth] = this.end
  }

  next(depth: number): void {
    if (depth <= MAX_DEPTH) this.indexes[depth] = this.index(depth) + 1
  }

  index(depth: number): number {
    return this.indexes[depth] ?? 0
  }

  isNamed(depth: number, name: string): boolean {
    // An escape makes a key longer: one that is shorter than the name is not worth decoding.
    const length = (this.nameEnds[depth] ?? 0) - (this.nameStarts[depth] ?? 0) - 1
    return length >= name.length && this.step(depth) === name
  }

  /** The key or the index of the member that is being read. */
  step(depth: number): string {
    if (this.lists[depth] === 1) return String(this.index(depth))
    return textOf(this.json, this.nameStarts[depth] ?? 0, this.nameEnds[depth] ?? 0)
  }
}
