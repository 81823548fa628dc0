import { queueDepths } from '#exports'
import { withDatabase } from '../with-database.js'
import { type Check, fine, wrong } from './check.js'

/** A sweep is due every SWEEP_SECONDS; by then somebody should have been at it many times. */
const SILENT_SECONDS = 300
const OLDEST_SECONDS = 600

/** Workers are at work, and keep up. */
export const workers: Check = {
  name: 'workers',
  advice: 'Mend what the check of the database says first.',
  run: (config) =>
    withDatabase(async (database) => {
      const { rows } = await database.system.query<{ age: number | null }>(
        `SELECT extract(epoch FROM clock_timestamp() - max(last_started_at))::float8 AS age FROM janitors`,
      )
      const age = rows[0]?.age ?? null
      const start = 'Start one: `node dist/apps/worker/src/main.js`, and look at its log.'
      if (age === null) return wrong('No worker has ever run here.', start)
      if (age > Math.max(SILENT_SECONDS, 3 * config.SWEEP_SECONDS))
        return wrong(`No worker has been at work for ${Math.round(age / 60)} minutes.`, start)
      const late = (await queueDepths(database)).filter(({ age: oldest }) => oldest > OLDEST_SECONDS)
      if (late.length > 0) {
        const queues = late.map(({ queue, age: oldest }) => `${queue} for ${Math.round(oldest / 60)} minutes`)
        return wrong(
          `Workers run, but work waits for one: ${queues.join(', ')}.`,
          'Serve each queue by a worker (WORKER_QUEUES), resume paused ones, or start more workers.',
        )
      }
      return fine('Workers are at work and keep up.')
    }, config),
}
