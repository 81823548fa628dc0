import type pg from 'pg'
import { inSlices, type IsoTime, objectId } from '#core'
import { type ConversationEvent, type Stamp, stampOf } from './event.js'
import { upsertMessageUsers } from './ingest.sql.js'
import type { Located, References } from './references.js'
import { writeRows } from './write-rows.js'

/** Someone whom events of the batch are about. */
export interface MessageUser {
  id: string
  accountId: string
  platform: string
  /** Both names as the platform has them; null where it has none. */
  profileName: string | null
  createdAt: IsoTime
  /** When the person was known to be there first until now; null for someone new. */
  was: IsoTime | null
}

/** A located event and who it is about. */
export interface Attributed<L extends Located = Located> {
  located: L
  user: MessageUser
}

interface Profile {
  first_name: string | null
  last_name: string | null
  first_name_told: Stamp | null
  last_name_told: Stamp | null
}

interface UserRow extends Profile {
  id: string
  account_id: string
  external_id: string
  created_at: IsoTime
  updated_at: IsoTime
}

/** Writes those whom the events are about, locked until the transaction ends, and says who is who. */
export async function writeMessageUsers(
  client: pg.PoolClient,
  workspaceId: string,
  events: readonly Located[],
  references: References,
): Promise<Attributed[]> {
  const rows = new Map<string, UserRow & { platform: string }>()
  const keys = await inSlices(events, ({ event }) => {
    const account = references.account(event.account)
    const key = `${account.id} ${event.user.id}`
    const known = rows.get(key)
    rows.set(key, { ...userRow(event, account.id, known), platform: account.platform })
    return key
  })
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const statement = { name: 'ingest-message-users', text: upsertMessageUsers }
  const written = await writeRows<UserRow & { was: IsoTime | null }>(client, statement, workspaceId, sorted)
  const users = new Map(
    written.map((row): [string, MessageUser] => {
      const key = `${row.account_id} ${row.external_id}`
      return [key, messageUser(row, rows.get(key)?.platform ?? '')]
    }),
  )
  return events.map((located, n) => {
    const user = users.get(keys[n] ?? '')
    if (user === undefined) throw new Error('a message user was not written')
    return { located, user }
  })
}

function userRow(event: ConversationEvent, accountId: string, known: UserRow | undefined): UserRow {
  const { user, time } = event
  return {
    id: known?.id ?? objectId(undefined, new Date(time)),
    account_id: accountId,
    external_id: user.id,
    ...profileOf(event, known),
    created_at: known !== undefined && known.created_at < time ? known.created_at : time,
    updated_at: known !== undefined && known.updated_at > time ? known.updated_at : time,
  }
}

/** Each name is the latest that was told. */
function profileOf(event: ConversationEvent, known: Profile | undefined): Profile {
  const at = stampOf(event)
  const { firstName = null, lastName = null } = event.user
  const tellsFirst = firstName !== null && at > (known?.first_name_told ?? '')
  const tellsLast = lastName !== null && at > (known?.last_name_told ?? '')
  return {
    first_name: tellsFirst ? firstName : (known?.first_name ?? null),
    first_name_told: tellsFirst ? at : (known?.first_name_told ?? null),
    last_name: tellsLast ? lastName : (known?.last_name ?? null),
    last_name_told: tellsLast ? at : (known?.last_name_told ?? null),
  }
}

function messageUser(row: UserRow & { was: IsoTime | null }, platform: string): MessageUser {
  const names = [row.first_name, row.last_name].filter((name) => name !== null)
  return {
    id: row.id,
    accountId: row.account_id,
    platform,
    profileName: names.length === 0 ? null : names.join(' '),
    createdAt: row.created_at,
    was: row.was,
  }
}
