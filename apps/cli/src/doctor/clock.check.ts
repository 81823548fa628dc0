import type { Config } from '#core'
import { withDatabase } from '../with-database.js'
import { type Check, fine, wrong } from './check.js'

/** Links and signatures of the store depend on the clock: SigV4 is refused at 15 minutes. */
const MOST_SECONDS = 30

/** This machine, PostgreSQL and the store agree on the time. */
export const clock: Check = {
  name: 'clock',
  advice: 'Mend what the checks of database and storage say first.',
  async run(config) {
    const apart = {
      PostgreSQL: await databaseApart(config),
      'the store': await storeApart(config.S3_ENDPOINT),
    }
    for (const [who, seconds] of Object.entries(apart)) {
      if (Math.abs(seconds) > MOST_SECONDS)
        return wrong(
          `This machine’s clock is ${Math.round(Math.abs(seconds))} s ${seconds > 0 ? 'ahead of' : 'behind'} that of ${who}.`,
          'Keep every machine’s clock by NTP (`timedatectl set-ntp true`): leases, links and the store’s signatures go by it.',
        )
    }
    return fine('This machine, PostgreSQL and the store agree on the time.')
  },
}

/** Seconds that this clock is ahead. */
const databaseApart = (config: Config): Promise<number> =>
  withDatabase(async ({ system }) => {
    const began = Date.now()
    const { rows } = await system.query<{ ms: number }>(
      'SELECT (1000 * extract(epoch FROM clock_timestamp()))::float8 AS ms',
    )
    return ((began + Date.now()) / 2 - (rows[0]?.ms ?? 0)) / 1000
  }, config)

/** Whatever it answers, its Date says its time, to the second; 0 where it has none. */
async function storeApart(endpoint: string): Promise<number> {
  const { headers } = await fetch(endpoint, { method: 'HEAD', signal: AbortSignal.timeout(10_000) })
  const date = headers.get('date')
  return date === null ? 0 : (Date.now() - Date.parse(date)) / 1000
}
