import { cpus, totalmem } from 'node:os'
import { format } from 'prettier'

/** What one part of the benchmark found, in Markdown. */
export interface Section {
  title: string
  /** How it was measured, then its tables. */
  text: string
  targets: Target[]
}

/** A figure that the product promises. */
export interface Target {
  what: string
  measured: number
  bound: 'at most' | 'at least'
  limit: number
  /** Empty: a count of things. */
  unit: '×' | 'MB' | 'ms' | ''
}

export const atMost = (
  what: string,
  measured: number,
  limit: number,
  unit: Target['unit'] = '×',
): Target => ({
  what,
  measured,
  bound: 'at most',
  limit,
  unit,
})

export const atLeast = (what: string, measured: number, limit: number): Target => ({
  what,
  measured,
  bound: 'at least',
  limit,
  unit: '×',
})

/** A figure that is missing misses. */
export const isMet = ({ measured, bound, limit }: Target): boolean =>
  bound === 'at most' ? measured <= limit : measured >= limit

type Cell = string | number

/** The first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, head.map((_, i) => (i === 0 ? ':--' : '--:')), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Whole numbers with thousands apart. */
export const count = (value: number): string => Math.round(value).toLocaleString('en')

/** The whole document, as it is in docs/benchmarks.md. */
export function report(sections: readonly Section[]): Promise<string> {
  const targets = sections.flatMap((section) => section.targets)
  const markdown = [
    '# Benchmarks',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine()}.`,
    `Everything is of one run on one machine, client, store and PostgreSQL on the same cores. Seconds are this machine's;
the ratios are what counts, and what is compared was measured alternately.`,
    ...(targets.length > 0 ? ['## What is promised', promised(targets)] : []),
    ...sections.flatMap(({ title, text }) => [`## ${title}`, text]),
  ]
  return format(markdown.join('\n\n'), { parser: 'markdown', printWidth: 120 })
}

const promised = (targets: readonly Target[]): string =>
  table(
    ['what', 'promised', 'measured', 'kept'],
    targets.map((target) => [
      target.what,
      `${target.bound} ${inUnit(target.limit, target)}`,
      inUnit(target.measured, target),
      isMet(target) ? 'yes' : '**no**',
    ]),
  )

const inUnit = (value: number, { unit }: Target): string =>
  unit === '×' ? `${Number(value.toFixed(3))} ×` : `${Math.round(value)} ${unit}`.trim()

const machine = (): string =>
  [
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`,
    `${Math.round(totalmem() / 1e9)} GB`,
    `Node ${process.version}`,
  ].join(', ')
