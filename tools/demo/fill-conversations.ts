import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { conversations } from '../generate/conversations.js'
import { sendEvents } from '../generate/send/send-events.js'
import type { EventsTarget } from '../generate/send/target.js'
import { asOwner } from './as-owner.js'

/** Each of them becomes a lead. */
export const DEMO_PEOPLE = 2_000
/** Archives are built for each of these days. */
const DAYS = 60
const SEED = 20_190_913

/** What is kept of the fill, so that one that was killed goes on with the very same events. */
interface Kept {
  /** ISO-8601; no conversation is later. */
  end: string
  done: boolean
}

/** Whether the demo of a data folder has its conversations. */
export const hasConversations = async (dataDir: string): Promise<boolean> =>
  (await kept(dataDir))?.done === true

/**
 * Posts the demo's conversations of the last 60 days to the gateway, by the door that everyone's events come in by.
 * Each event counts once, so a fill that was killed is done again from its beginning.
 *
 * @param ownerUrl MIGRATION_DATABASE_URL, for statistics
 * @param people fewer in tests
 * @throws Error when an event was rejected: the demo must fit its own events
 */
export async function fillConversations(
  api: Pick<EventsTarget, 'url' | 'key' | 'codename'>,
  ownerUrl: string,
  dataDir: string,
  people = DEMO_PEOPLE,
): Promise<void> {
  const { end, done } = (await kept(dataDir)) ?? { end: new Date().toISOString(), done: false }
  if (done) return
  await keep(dataDir, { end, done })
  const plan = {
    seed: SEED,
    size: { people },
    days: DAYS,
    end: Date.parse(end),
    languages: ['es', 'en'] as const,
  }
  const tally = await sendEvents({ ...api, format: 'ndjson', inFlight: 2 }, conversations(plan))
  if (tally.rejected > 0) throw new Error(`The demo's conversations were not taken: ${tally.summary}`)
  await asOwner(ownerUrl, 'ANALYZE leads, records, message_users, interactions, messages')
  await keep(dataDir, { end, done: true })
}

const fileIn = (dataDir: string) => join(dataDir, 'demo-conversations.json')

async function kept(dataDir: string): Promise<Kept | undefined> {
  const file = fileIn(dataDir)
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Kept) : undefined
}

/** Renamed into place, so that there is never half of it. */
async function keep(dataDir: string, state: Kept): Promise<void> {
  const file = fileIn(dataDir)
  await writeFile(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
  await rename(`${file}.new`, file)
}
