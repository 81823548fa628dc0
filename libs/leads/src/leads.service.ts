import { Inject, Injectable } from '@nestjs/common'
import type pg from 'pg'
import {
  AppError,
  Database,
  type IsoTime,
  leadId,
  newHex,
  notFound,
  type Page,
  pageOf,
  type Position,
  type Slice,
} from '#core'
import { leadsDataset } from './datasets/leads.dataset.js'
import { conditionsOf, type DatasetFilter } from './filter.js'
import { holdLateDays, markLateDays } from './ingest/late-days.js'
import { patchTold, toldAt, type ToldLead } from './ingest/lead-fold.js'
import type { ContactRow, LeadKey, LeadPatch, LeadRow, ListedLead, NewLead } from './lead-row.js'
import {
  CLAIM,
  contactList,
  deleteLead,
  insertLead,
  leadByEmail,
  leadByHex,
  leadList,
  lockLead,
  updateLead,
} from './leads.sql.js'
import { pageQuery, type Where, whereAll } from './list-query.js'
import { rememberNames } from './metadata-names.js'

/** Leads of one workspace: creates, reads, changes and deletes them. */
@Injectable()
export class LeadsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * @throws AppError 409 DUPLICATE_EMAIL with the id of the lead that has the address, whatever its case
   */
  async create(workspaceId: string, chatbotId: string, lead: NewLead): Promise<LeadRow> {
    return this.database.tenant(workspaceId, async (client) => {
      await assertFree(client, lead.email)
      const { name, email, phone = null, source = null, status, metadata } = lead
      const values = [
        workspaceId,
        newHex(),
        chatbotId,
        name,
        email,
        email.toLowerCase(),
        phone,
        source,
        status,
        JSON.stringify(metadata),
      ]
      const { rows } = await client.query<LeadRow>({
        name: 'lead-insert',
        text: insertLead,
        values,
      })
      // Another claim of the address won in between, and has committed: ON CONFLICT waited for it.
      if (rows[0] === undefined) throw taken(email, await holder(client, email))
      await rememberNames(client, workspaceId, 'leads', Object.keys(metadata))
      return rows[0]
    })
  }

  /** Newest first. */
  async list(workspaceId: string, filter: DatasetFilter, slice: Slice): Promise<Page<ListedLead>> {
    const rows = await this.database.read<ListedLead>(
      workspaceId,
      pageQuery(leadList, leadsWhere(filter), slice),
    )
    return pageOf(rows, slice.limit, positionOf)
  }

  /** The same list without what it takes longest to read. */
  async contacts(workspaceId: string, filter: DatasetFilter, slice: Slice): Promise<Page<ContactRow>> {
    const query = pageQuery(contactList, leadsWhere(filter), slice)
    const rows = await this.database.read<ContactRow>(workspaceId, query)
    return pageOf(rows, slice.limit, positionOf)
  }

  /** @throws AppError 404 that names `leadId` */
  async get(workspaceId: string, key: LeadKey): Promise<LeadRow> {
    const values = valuesOf(key)
    const [lead] = await this.database.read<LeadRow>(workspaceId, {
      name: 'lead-by-hex',
      text: leadByHex,
      values,
      planned: 'once',
    })
    if (lead === undefined) throw missing()
    return lead
  }

  /**
   * @throws AppError 404 that names `leadId`, 409 DUPLICATE_EMAIL for an address that another lead of the
   * workspace has, whatever its case
   */
  async patch(workspaceId: string, key: LeadKey, patch: LeadPatch): Promise<LeadRow> {
    try {
      return await this.database.tenant(workspaceId, (client) => change(client, workspaceId, key, patch))
    } catch (error) {
      const { email } = patch
      if (email === undefined || (error as { constraint?: unknown }).constraint !== CLAIM) throw error
      // Two claims of the address at once: the other one has committed, or this one would have waited.
      throw await this.database.tenant(workspaceId, async (client) =>
        taken(email, await holder(client, email)),
      )
    }
  }

  /**
   * What points to the lead stays, without it; its address may be used again. The archive of its day is built anew.
   * @throws AppError 404 that names `leadId`
   */
  async remove(workspaceId: string, key: LeadKey): Promise<void> {
    await this.database.tenant(workspaceId, async (client) => {
      await holdLateDays(client, workspaceId)
      const { rows } = await client.query<{ created_at: IsoTime }>(deleteLead, valuesOf(key))
      if (rows[0] === undefined) throw missing()
      await markLateDays(client, workspaceId, [rows[0].created_at])
    })
  }
}

const positionOf = ({ created_at, id }: ContactRow): Position => [created_at, id]

/** The conditions of a list. */
export function leadsWhere(filter: DatasetFilter): Where {
  const conditions = conditionsOf(leadsDataset.filters, filter)
  const { status, source, emailLower } = filter
  // These pick rows by their content, and how many there are decides how to look for them.
  const picks = [status, source, emailLower].some((value) => value !== undefined)
  return { ...whereAll(conditions), planned: picks ? undefined : 'once' }
}

async function change(
  client: pg.PoolClient,
  workspaceId: string,
  key: LeadKey,
  patch: LeadPatch,
): Promise<LeadRow> {
  const [before] = (await client.query<LockedLead>(lockLead, valuesOf(key))).rows
  if (before === undefined) throw missing()
  const { name, email, phone, source, status } = { ...before, ...patch }
  if (email !== null && email.toLowerCase() !== before.email?.toLowerCase()) await assertFree(client, email)
  const metadata = patch.metadata === undefined ? null : JSON.stringify(patch.metadata)
  const isOfEvents = before.message_user_id !== null
  const told = isOfEvents ? patchTold(before.told, patch, before.now) : before.told
  const values = [
    before.id,
    name,
    email,
    email?.toLowerCase() ?? null,
    phone,
    source,
    status,
    metadata,
    JSON.stringify(told),
    isOfEvents ? toldAt(told) : before.now,
  ]
  const [after] = (await client.query<LeadRow>(updateLead, values)).rows
  if (after === undefined) throw missing()
  await rememberNames(client, workspaceId, 'leads', Object.keys(patch.metadata ?? {}))
  return after
}

/** A lead that nobody else changes until the transaction ends. */
interface LockedLead extends LeadRow {
  told: ToldLead
  message_user_id: string | null
  now: IsoTime
}

const valuesOf = ({ hex, chatbotId }: LeadKey): (string | null)[] => [hex, chatbotId ?? null]

const missing = (): AppError => notFound('leadId', 'The lead')

/** The oldest lead that has an address, whatever its case. */
async function holder(client: pg.PoolClient, email: string): Promise<LeadRow | undefined> {
  const values = [email.toLowerCase()]
  const query = { name: 'lead-by-email', text: leadByEmail, values }
  const { rows } = await client.query<LeadRow>(query)
  return rows[0]
}

/** @throws AppError 409 DUPLICATE_EMAIL */
async function assertFree(client: pg.PoolClient, email: string): Promise<void> {
  const existing = await holder(client, email)
  if (existing !== undefined) throw taken(email, existing)
}

/** @param existing absent when the lead that won the race for the address is gone already */
function taken(email: string, existing: LeadRow | undefined): AppError {
  if (existing === undefined)
    return new AppError('UNAVAILABLE', { message: 'Try again' }, { 'Retry-After': '1' })
  return new AppError('DUPLICATE_EMAIL', {
    email,
    existingLeadId: leadId(existing.hex),
    message: 'A lead with this email already exists in your workspace',
  })
}
