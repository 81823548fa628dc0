import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { foldInSlices, type IsoTime, newHex, nextSlice } from '#core'
import type { InteractionEvent } from './event.js'
import { insertLeads, lockLeads, updateLeads } from './ingest.sql.js'
import { foldLead, type LeadState } from './lead-fold.js'
import type { Attributed, MessageUser } from './message-users.js'
import type { Located } from './references.js'
import { writeRows } from './write-rows.js'

export type AttributedInteraction = Attributed<Located<InteractionEvent>>

interface KnownLead extends LeadState {
  id: string
  chatbot_id: string
  message_user_id: string
}

/** What a batch tells of one lead: of those that it interacted with, and of known ones of people it is about. */
interface Update {
  chatbotId: string
  user: MessageUser
  events: InteractionEvent[]
  known?: KnownLead
}

/** What the batch made of leads. */
export interface WrittenLeads {
  /** By `leadKey`: the number of each lead that the batch interacted with. */
  ids: ReadonlyMap<string, string>
  /** The creation times that leads had before, where they now have earlier ones. */
  moved: IsoTime[]
}

export const leadKey = (messageUserId: string, chatbotId: string): string => `${messageUserId} ${chatbotId}`

/** Brings the leads up to date: one per message user and chatbot. */
export async function writeLeads(
  client: pg.PoolClient,
  workspaceId: string,
  users: readonly MessageUser[],
  interactions: readonly AttributedInteraction[],
): Promise<WrittenLeads> {
  const { rows } = await client.query<KnownLead>({
    name: 'ingest-lock-leads',
    text: lockLeads,
    values: [workspaceId, users.map(({ id }) => id)],
  })
  const updates = updatesOf(users, interactions, rows)
  const ids = new Map(
    rows.map(({ id, message_user_id, chatbot_id }) => [leadKey(message_user_id, chatbot_id), id]),
  )
  const { born, changed } = await foldAll(updates)
  if (born.length > 0) {
    const statement = { name: 'ingest-insert-leads', text: insertLeads }
    const inserted = await writeRows<KnownLead>(client, statement, workspaceId, born)
    for (const { id, message_user_id, chatbot_id } of inserted)
      ids.set(leadKey(message_user_id, chatbot_id), id)
  }
  if (changed.length > 0) {
    const statement = { name: 'ingest-update-leads', text: updateLeads }
    const after = changed.map(({ after }) => after)
    await writeRows(client, statement, workspaceId, after)
  }
  const moved = changed.flatMap(({ before, after }) =>
    after.created_at < before.created_at ? [before.created_at] : [],
  )
  return { ids, moved }
}

function updatesOf(
  users: readonly MessageUser[],
  interactions: readonly AttributedInteraction[],
  known: readonly KnownLead[],
): Update[] {
  const byId = new Map(users.map((user) => [user.id, user]))
  const updates = new Map<string, Update>()
  for (const lead of known) {
    const user = byId.get(lead.message_user_id)
    if (user === undefined) continue
    const key = leadKey(user.id, lead.chatbot_id)
    updates.set(key, { chatbotId: lead.chatbot_id, user, events: [], known: lead })
  }
  for (const { located, user } of interactions) {
    const key = leadKey(user.id, located.chatbotId)
    const update = updates.get(key) ?? { chatbotId: located.chatbotId, user, events: [] }
    update.events.push(located.event)
    updates.set(key, update)
  }
  return [...updates.values()]
}

/** What the updates make of leads: new ones, and known ones that change. */
async function foldAll(updates: readonly Update[]) {
  const born: object[] = []
  const changed: Change[] = []
  for (const update of updates) {
    const pause = nextSlice()
    if (pause !== undefined) await pause
    const { known } = update
    if (known === undefined) {
      born.push(bornLead(update, await fold(undefined, update)))
      continue
    }
    const { id, name, email, phone, metadata, told, created_at, updated_at } = known
    const before: LeadState = { name, email, phone, metadata, told, created_at, updated_at }
    const after = await fold(before, update)
    if (!isDeepStrictEqual(before, after)) changed.push({ before, after: { id, ...withLowerEmail(after) } })
  }
  return { born, changed }
}

interface Change {
  before: LeadState
  after: { id: string } & LeadState
}

const fold = (before: LeadState | undefined, { events, user }: Update): Promise<LeadState> =>
  foldInSlices(before, events, (state: LeadState | undefined, some) =>
    foldLead(state, some, user.profileName),
  )

function bornLead({ chatbotId, user }: Update, state: LeadState) {
  return {
    hex: newHex(),
    chatbot_id: chatbotId,
    account_id: user.accountId,
    message_user_id: user.id,
    source: user.platform,
    ...withLowerEmail(state),
  }
}

const withLowerEmail = (state: LeadState) => ({ ...state, email_lower: state.email?.toLowerCase() ?? null })
