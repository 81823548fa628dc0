import type { AcceptedExport, Evidence, Finding, Invariant } from './evidence.js'
import { groupBy } from './group-by.js'
import { everyExportOf, type JudgedExport } from './judged-export.js'

const name = 'ends-once'
const endings = ['completed', 'failed', 'cancelled', 'expired']
/** What faults may bring an export to. `internal_error` is not among them: that would be a fault of ours. */
const allowedReasons = [
  'storage_unavailable',
  'storage_refused',
  'database_unavailable',
  'timed_out',
  'worker_lost',
  'too_large',
]

/** Every export that was accepted is there, once, as it was accepted, and has ended as it may. */
export const endsOnce: Invariant = { name, check }

async function check(evidence: Evidence): Promise<Finding[]> {
  const exports = await everyExportOf(evidence)
  const byId = groupBy(exports, ({ id }) => id)
  // Clients ask until they are answered.
  const told = new Set(evidence.accepted.map(({ id }) => id))
  const findings = [
    ...evidence.accepted.flatMap((one) => heldAgainst(one, byId.get(one.id) ?? [])),
    ...exports.flatMap(wrongEnding),
    ...exports.filter(({ id }) => !told.has(id)).map(({ id }): Complaint => [id, 'nobody was told of it']),
  ]
  return findings.map(([exportId, says]) => ({ invariant: name, exportId, says }))
}

type Complaint = [exportId: string, says: string]

function heldAgainst(told: AcceptedExport, [found, ...more]: JudgedExport[]): Complaint[] {
  if (found === undefined) return [[told.id, `was accepted for ${told.workspace} and is not in the database`]]
  const complaints: Complaint[] = []
  if (more.length > 0) complaints.push([told.id, `is in the database ${more.length + 1} times`])
  for (const field of ['workspace', 'dataset', 'format', 'gzip'] as const) {
    if (found[field] === told[field]) continue
    complaints.push([told.id, `was accepted with ${field} ${told[field]} and has ${found[field]}`])
  }
  if (told.cancelled && found.state !== 'cancelled')
    complaints.push([told.id, `was cancelled by a client who was told so, and is ${found.state}`])
  return complaints
}

function wrongEnding({ id, state, reason, overdue }: JudgedExport): Complaint[] {
  if (!endings.includes(state)) return [[id, `has not ended: it is ${state} (reason ${reason})`]]
  if (overdue) return [[id, 'is completed, and the time of its file is over']]
  if (state === 'failed' && !allowedReasons.includes(reason ?? ''))
    return [[id, `failed because of ${reason}, which no fault explains`]]
  return []
}
