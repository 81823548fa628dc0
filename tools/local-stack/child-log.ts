import { createWriteStream, type WriteStream } from 'node:fs'

const names: Record<number, string> = { 40: 'warn', 50: 'error', 60: 'fatal' }

/** Keeps every line of a program in a file, and shows a person those that want attention. */
export class ChildLog {
  private readonly file: WriteStream

  constructor(
    path: string,
    private readonly show: (line: string) => void,
  ) {
    this.file = createWriteStream(path, { flags: 'a', mode: 0o600 })
  }

  /** @param line as `runChild` hands it over: the program's name, a bar, and what it printed */
  print = (line: string): void => {
    const bar = line.indexOf(' | ')
    const name = line.slice(0, bar)
    const text = line.slice(bar + 3)
    this.file.write(`${text}\n`)
    const entry = parse(text)
    if (entry === null) return this.show(line)
    const level = names[entry.level]
    if (level !== undefined) this.show(`${name} | ${level}: ${entry.msg ?? entry.err?.message ?? text}`)
  }
}

function parse(text: string): { level: number; msg?: string; err?: { message?: string } } | null {
  if (!text.startsWith('{')) return null
  try {
    return JSON.parse(text) as { level: number; msg?: string }
  } catch {
    return null
  }
}
