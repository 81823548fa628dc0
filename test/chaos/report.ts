import type { ChaosResult } from './chaos.js'

const MOST_FINDINGS = 30

/** What a run came to, for people. */
export function report({ struck, accepted, findings, counts, seconds }: ChaosResult): string {
  const kinds = new Map<string, number>()
  for (const name of struck) kinds.set(name, (kinds.get(name) ?? 0) + 1)
  const lines = [
    `${accepted.length} exports accepted, ${struck.length} faults struck: ${list(kinds)}`,
    list(Object.entries(counts)),
    ...findings
      .slice(0, MOST_FINDINGS)
      .map(({ invariant, exportId, says }) => `${invariant} ${exportId ?? ''} ${says}`),
    ...(findings.length > MOST_FINDINGS ? [`… and ${findings.length - MOST_FINDINGS} more`] : []),
    `${seconds.toFixed(0)} s`,
  ]
  return lines.map((line) => `  ${line}`).join('\n')
}

const list = (counts: Iterable<[string, number]>): string =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
