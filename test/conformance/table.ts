import type { Outcome } from './kit.js'

const MAX_REASONS = 6
const MAX_SHOWN = 100
const MAX_REASON = 300

const columns: readonly [string, (outcome: Outcome) => string][] = [
  ['dialect', (outcome) => outcome.case.dialect],
  ['endpoint', (outcome) => outcome.case.endpoint],
  ['example', (outcome) => outcome.case.runner.name],
  ['shows', (outcome) => outcome.case.shows],
  ['status', ({ status }) => String(status ?? '')],
  ['result', ({ result }) => (result === 'fail' ? 'FAIL' : result)],
  ['substituted', ({ substitutions }) => [...new Set(substitutions.map(({ what }) => what))].join(', ')],
]

/** A line per example, and below it what is wrong with it. */
export function table(outcomes: readonly Outcome[]): string {
  const widths = columns.map(([title, cell]) =>
    Math.max(title.length, ...outcomes.map((outcome) => cell(outcome).length)),
  )
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  const rows = outcomes.flatMap((outcome) => [
    line(columns.map(([, cell]) => cell(outcome))),
    ...reasonLines(outcome.reasons),
  ])
  return [line(columns.map(([title]) => title)), ...rows].join('\n')
}

function reasonLines(reasons: readonly string[]): string[] {
  const lines = reasons.slice(0, MAX_REASONS).map((reason) => `    ${clipped(reason, MAX_REASON)}`)
  const left = reasons.length - lines.length
  return left > 0 ? [...lines, `    and ${left} more`] : lines
}

/** What each word of the last column stands for: what was in the document, and what was sent instead. */
export function legend(outcomes: readonly Outcome[]): string {
  const made = new Map<string, Map<string, string[]>>()
  for (const { what, from, to } of outcomes.flatMap(({ substitutions }) => substitutions)) {
    const changes = made.get(what) ?? new Map<string, string[]>()
    changes.set(from, [...new Set([...(changes.get(from) ?? []), to])])
    made.set(what, changes)
  }
  return [...made]
    .flatMap(([what, changes]) => [
      what,
      ...[...changes].map(([from, [first = '', ...more]]) => {
        const others = more.length === 0 ? '' : `  (and ${more.length} others)`
        return `    ${shown(from)} → ${shown(first)}${others}`
      }),
    ])
    .join('\n')
}

function shown(text: string): string {
  const line = text.replaceAll('\n', '⏎')
  return line === '' ? '(nothing)' : clipped(line, MAX_SHOWN)
}

const clipped = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text

/** The last line. */
export function count(outcomes: readonly Outcome[]): string {
  const of = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length
  return `${of('pass')} passed, ${of('fail')} failed, ${of('skipped')} skipped`
}
