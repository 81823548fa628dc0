import { claimFunction, type FairQueue, nextEpoch, turnsFunction } from '../claims/fair-queue.sql.js'

/** Of one workspace, by all workers: what is left of them is there for others, however long one file takes. */
const BUILT_AT_ONCE = 3

/**
 * The newest day comes first, because yesterday's is waited for more than one of last year. Every so manieth build is of the
 * day that waits the longest, so that an old one has its turn too.
 */
const LONGEST_WAIT_EVERY = 4

/** How long a day waits after so many faults: not at all, 5 s, 15 s, 35 s … an hour. */
export const backOff = (failures: string): string =>
  `make_interval(secs => least(3600, 5 * (2 ^ least(${failures}, 10) - 1)))`

const isDue = `t.state = 'due' AND t.not_before <= clock_timestamp()`

/** Indexes: archive_days_due, archive_days_newest, archive_days_building. */
export const dayQueue: FairQueue = {
  table: 'archive_days',
  turns: 'day_turns',
  waiting: `t.state = 'due'`,
  running: `t.state = 'building'`,
  limit: `${BUILT_AT_ONCE}`,
  servedAt: 'last_day_claim_at',
  due: { where: isDue, orderBy: 't.day DESC' },
  // Waits for its next slice, or its worker was lost; one that takes its workers down comes up less and less often.
  lost: {
    where: `t.state = 'building' AND t.lease_until + ${backOff('t.failures')} <= clock_timestamp()`,
    orderBy: 't.day DESC',
  },
}

const longestWait = {
  where: `${isDue}
              AND (SELECT w.days_begun % ${LONGEST_WAIT_EVERY} = ${LONGEST_WAIT_EVERY - 1} FROM workspaces w WHERE w.id = turn.workspace_id)`,
  orderBy: 't.not_before',
}

const wasLost = `t.state = 'building' AND t.worker IS NOT NULL`

/**
 * Slices of a build under way are gone on with, even when the day is asked for meanwhile: it is built once more
 * afterwards. One that was put off and asked for since begins anew, and so does one that a worker of the release before
 * has built whole.
 */
const beginsAnew = `(t.build IS NULL OR t.built_at > t.build_began_at OR t.state = 'due' AND t.asked_at > t.build_began_at)`
const unlessAnew = (kept: string, begun = 'NULL') => `CASE WHEN ${beginsAnew} THEN ${begun} ELSE ${kept} END`

export const dayClaimFunctions = [
  turnsFunction(dayQueue),
  claimFunction(dayQueue, {
    name: 'claim_day',
    parameters: 'worker_name text, lease interval',
    candidates: [dayQueue.lost, longestWait, dayQueue.due],
    served: `days_begun = w.days_begun + (SELECT (t.state = 'due')::int FROM archive_days t WHERE t.id = taken)`,
    set: `failures = t.failures + (${wasLost})::int, reason = CASE WHEN ${wasLost} THEN 'worker_lost' ELSE t.reason END,
            state = 'building', worker = worker_name, epoch = ${nextEpoch}, started_at = clock_timestamp(),
            lease_until = clock_timestamp() + lease,
            build = ${unlessAnew('t.build', nextEpoch)},
            build_began_at = ${unlessAnew('t.build_began_at', 'clock_timestamp()')},
            build_model = ${unlessAnew('t.build_model')}, build_account = ${unlessAnew('t.build_account')}`,
  }),
]
