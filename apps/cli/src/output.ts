import { Option } from 'commander'

/** For scripts: the same answer as one JSON value. */
export const jsonOption = (): Option => new Option('--json', 'print JSON')

/** Prints what a command made or found. @param text what a person reads */
export function print({ json }: { json?: true }, value: unknown, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : text}\n`)
}
