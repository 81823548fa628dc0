import { example } from '../examples.js'
import type { Substitution } from '../substitution.js'

/** Levels of the lines of create_lead, from its second one on. */
const LEVELS = [1, 1, 2, 2, 1, 1, 2, 2, 2, 2, 2, 1, 2, 2]

/** The page lost the indentation of its Python example, without which it is not Python. */
export const pythonIndentation: Substitution[] = [
  { what: 'indentation', from: functionLines().join('\n'), to: functionLines().map(indented).join('\n') },
]

function functionLines(): string[] {
  const lines = example('workspace/create-lead.python').split('\n')
  const first = lines.findIndex((line) => line.startsWith('def ')) + 1
  return lines.slice(first, first + LEVELS.length)
}

function indented(line: string, index: number): string {
  return '    '.repeat(LEVELS[index] ?? 0) + line
}
