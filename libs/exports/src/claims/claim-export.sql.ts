import { claimFunction, type FairQueue, nextEpoch, turnsFunction } from './fair-queue.sql.js'

const isLost = `t.state = 'running' AND t.lease_until <= clock_timestamp()`

/** Indexes: exports_due, exports_running. */
export const exportQueue: FairQueue = {
  table: 'exports',
  turns: 'export_turns',
  waiting: `t.state = 'queued'`,
  running: `t.state = 'running'`,
  limit: 'w.max_running_exports',
  servedAt: 'last_claim_at',
  due: {
    where: `t.state = 'queued' AND t.not_before <= clock_timestamp()`,
    orderBy: 't.not_before, t.id',
  },
  lost: { where: isLost, orderBy: 't.accepted_at, t.id' },
}

const { due, lost } = exportQueue

export const exportClaimFunctions = [
  turnsFunction(exportQueue),
  claimFunction(exportQueue, {
    name: 'claim_export',
    parameters: 'worker_name text, lease interval, max_crashes int',
    candidates: [{ ...lost, where: `${lost.where} AND t.crashes + 1 < max_crashes` }, due],
    set: `crashes = t.crashes + (t.state = 'running')::int, state = 'running', worker = worker_name,
            epoch = ${nextEpoch}, lease_until = clock_timestamp() + lease,
            started_at = coalesce(t.started_at, clock_timestamp()), rows_done = 0, reason = NULL`,
  }),
]
