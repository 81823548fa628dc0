import type pg from 'pg'
import { objectId } from '#core'
import { slugOf } from '#tenancy'
import type { AccountReference, ConversationEvent, EventOutcome, InteractionEvent } from './event.js'
import type { CountingRule } from './record-fold.js'
import {
  accountsByName,
  insertAccounts,
  lockAccounts,
  lockAndFind,
  roomForAccounts,
} from './references.sql.js'

interface KnownAccount {
  id: string
  platform: string
  name: string
}

type NamedAccount = Exclude<AccountReference, { id: string }>

interface KnownGroup extends CountingRule {
  id: string
  funnelId: string
  interactions: string[]
}

/** A funnel without any group has a row without one. */
type GroupRow = KnownGroup & { funnel: string; group: string | null }

/** Where an interaction belongs. */
export interface Place extends CountingRule {
  funnelId: string
  groupId: string
  /** Of the interaction in the group's list. */
  position: number
}

/** An event whose every name has been found, but for the account that it may be the first of. */
export interface Located<Event = ConversationEvent> {
  event: Event
  chatbotId: string
  place: Event extends InteractionEvent ? Place : Place | null
}

export type Rejected = Extract<EventOutcome, { status: 'rejected' }>

/** What the events of a batch call by name, as far as it exists in the workspace. What is another's does not. */
export class References {
  private readonly chatbots = new Map<string, string>()
  private readonly accounts = new Map<string, KnownAccount>()
  private readonly funnels = new Set<string>()
  private readonly groups = new Map<string, KnownGroup>()

  private constructor(
    private readonly client: pg.PoolClient,
    private readonly workspaceId: string,
  ) {}

  static async find(
    client: pg.PoolClient,
    workspaceId: string,
    events: readonly ConversationEvent[],
  ): Promise<References> {
    const references = new References(client, workspaceId)
    const accounts = new Map(events.map(({ account }) => [keyOf(account), account]))
    const ids = [...accounts.values()].flatMap((account) => ('id' in account ? [account.id] : []))
    const named = namedOf([...accounts.values()])
    const { rows } = await client.query<{
      chatbots: { id: string; name: string }[]
      accounts: KnownAccount[]
      groups: GroupRow[]
    }>({
      name: 'ingest-references',
      text: lockAndFind,
      values: [
        workspaceId,
        distinct(events.map(({ bot }) => bot)),
        ids,
        named.map(({ platform }) => platform),
        named.map(({ name }) => name),
        distinct(events.flatMap((event) => (event.type === 'interaction' ? [event.funnel] : []))),
      ],
    })
    for (const { name, id } of rows[0]?.chatbots ?? []) references.chatbots.set(name, id)
    for (const account of rows[0]?.accounts ?? []) references.know(account)
    for (const group of rows[0]?.groups ?? []) {
      references.funnels.add(group.funnel)
      if (group.group !== null) references.groups.set(groupKey(group.funnel, group.group), group)
    }
    return references
  }

  /** Finds what an event names, or says which name stands for nothing. */
  locate(event: ConversationEvent): Located | Rejected {
    const chatbotId = this.chatbots.get(event.bot)
    if (chatbotId === undefined) return missing('bot', 'The chatbot was not found')
    if ('id' in event.account && !this.accounts.has(keyOf(event.account)))
      return missing('account.id', 'The account was not found')
    if (event.type === 'message') return { event, chatbotId, place: null }
    const place = this.placeOf(event)
    return 'status' in place ? place : { event, chatbotId, place }
  }

  /**
   * Rejects events of accounts that the workspace may not have besides; the first new ones of the batch are made. Only one
   * batch at a time makes accounts in a workspace.
   */
  async keepToBound(found: readonly (Located | Rejected)[]): Promise<(Located | Rejected)[]> {
    const isNew = (one: Located | Rejected): one is Located =>
      'event' in one && !this.accounts.has(keyOf(one.event.account))
    const located = found.filter(isNew)
    if (located.length === 0) return [...found]
    await this.client.query(lockAccounts, [this.workspaceId])
    await this.findByName(this.unknownOf(located.map(({ event }) => event)))
    const { rows } = await this.client.query<{ bound: number; room: number }>(roomForAccounts, [
      this.workspaceId,
    ])
    const { bound, room } = rows[0] ?? { bound: 0, room: 0 }
    const fresh = [...new Set(found.filter(isNew).map(({ event }) => keyOf(event.account)))]
    const allowed = new Set(fresh.slice(0, Math.max(0, room)))
    return found.map((one) => (isNew(one) && !allowed.has(keyOf(one.event.account)) ? tooMany(bound) : one))
  }

  /** Makes those accounts of the events that are new. */
  async addAccounts(events: readonly ConversationEvent[]): Promise<void> {
    const accounts = this.unknownOf(events)
    if (accounts.length === 0) return
    const slugs = accounts.map(({ name, platform }) => slugOf(name, platform))
    const ids = accounts.map(() => objectId())
    const names = accounts.map(({ name }) => name)
    const platforms = accounts.map(({ platform }) => platform)
    await this.client.query(insertAccounts, [this.workspaceId, ids, names, slugs, platforms])
    await this.findByName(accounts)
  }

  /** Of an event that was located, once its account is made. */
  account(reference: AccountReference): KnownAccount {
    const account = this.accounts.get(keyOf(reference))
    if (account === undefined) throw new Error('the account of an event was neither found nor made')
    return account
  }

  /** In one order, so that two batches with the same new ones don't wait for each other. */
  private unknownOf(events: readonly ConversationEvent[]): NamedAccount[] {
    const unknown = new Map(
      events.flatMap(({ account }) =>
        this.accounts.has(keyOf(account)) ? [] : [[keyOf(account), account] as const],
      ),
    )
    return namedOf([...unknown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account))
  }

  private async findByName(accounts: readonly NamedAccount[]): Promise<void> {
    const platforms = accounts.map(({ platform }) => platform)
    const names = accounts.map(({ name }) => name)
    const values = [this.workspaceId, platforms, names]
    const { rows } = await this.client.query<KnownAccount>(accountsByName, values)
    for (const account of rows) this.know(account)
  }

  private placeOf({ funnel, group, interaction }: InteractionEvent): Place | Rejected {
    if (!this.funnels.has(funnel)) return missing('funnel', 'The funnel was not found')
    const known = this.groups.get(groupKey(funnel, group))
    if (known === undefined) return missing('group', 'The funnel has no such group')
    const position = known.interactions.indexOf(interaction)
    if (position === -1) return missing('interaction', 'The funnel group has no such interaction')
    const { funnelId, id: groupId, doubleCounting, newAt } = known
    return { funnelId, groupId, position, doubleCounting, newAt }
  }

  private know(account: KnownAccount): void {
    this.accounts.set(keyOf({ id: account.id }), account)
    this.accounts.set(keyOf({ platform: account.platform, name: account.name }), account)
  }
}

const keyOf = (account: AccountReference): string =>
  'id' in account ? `id ${account.id}` : `name ${account.platform} ${account.name}`

const groupKey = (funnel: string, group: string): string => JSON.stringify([funnel, group])

const namedOf = (accounts: readonly AccountReference[]): NamedAccount[] =>
  accounts.flatMap((account) => ('id' in account ? [] : [account]))

const distinct = (names: readonly string[]): string[] => [...new Set(names)]

/** It carries no value, as a 404 carries none: what is another's and what is nobody's are told alike. */
const missing = (field: string, message: string): Rejected => ({ status: 'rejected', field, message })

const tooMany = (bound: number): Rejected => ({
  status: 'rejected',
  field: 'account',
  message: `The workspace may have ${bound} accounts at most, and has them`,
})
