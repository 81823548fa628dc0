import { Option } from 'commander'

/** For scripts: the same answer as one JSON value. */
export const jsonOption = (): Option => new Option('--json', 'print JSON')

/** Prints what a command made or found. @param text what a person reads */
export function print({ json }: { json?: true }, value: unknown, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : text}\n`)
}

/** Rows as a table for people: columns as wide as their widest cell, two spaces apart. */
export function table(head: string[], rows: string[][]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
