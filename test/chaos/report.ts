import type { ChaosResult } from './chaos.js'

const MOST_FINDINGS = 30

/** What a run came to, for people. */
export function report({ plan, accepted, findings, counts, seconds }: ChaosResult): string {
  const struck = new Map<string, number>()
  for (const { name } of plan.faults) struck.set(name, (struck.get(name) ?? 0) + 1)
  const lines = [
    `${accepted.length} exports accepted, ${plan.faults.length} faults: ${list(struck)}`,
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
