import { Inject, Injectable } from '@nestjs/common'
import { AppError, Database, leadId, newHex, type ReadValue } from '#core'
import { bound, type DatasetFilter } from './filter.js'
import { leadsDataset } from './datasets/leads.dataset.js'
import type { LeadStatus } from './lead.entity.js'
import { insertLead, leadByEmail, leadPage, rememberKeys } from './leads.sql.js'

/** A lead as it is read: times as Date (milliseconds), `created_at_text` to the microsecond for cursors. */
export interface LeadRow {
  id: string
  hex: string
  workspace_id: string
  chatbot_id: string
  account_id: string
  name: string | null
  email: string | null
  phone: string | null
  source: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
  created_at: Date
  updated_at: Date
  ingested_at: Date
  created_at_text: string
}

export interface NewLead {
  name: string
  email: string
  phone?: string | null
  source?: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
}

/** The place after which a page starts. */
export interface LeadPosition {
  createdAt: string
  id: string
}

export interface LeadPage {
  rows: LeadRow[]
  hasMore: boolean
}

/** Creates and lists leads of one workspace. */
@Injectable()
export class LeadsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * @throws AppError 409 DUPLICATE_EMAIL with the id of the lead that has the address, whatever its case
   */
  async create(workspaceId: string, chatbotId: string, lead: NewLead): Promise<LeadRow> {
    return this.database.tenant(workspaceId, async (client) => {
      const emailLower = lead.email.toLowerCase()
      const taken = await client.query<LeadRow>({
        name: 'lead-by-email',
        text: leadByEmail,
        values: [emailLower],
      })
      if (taken.rows[0] !== undefined) throw duplicate(lead.email, taken.rows[0])
      const { name, email, phone = null, source = null, status, metadata } = lead
      const values = [
        workspaceId,
        newHex(),
        chatbotId,
        name,
        email,
        emailLower,
        phone,
        source,
        status,
        JSON.stringify(metadata),
      ]
      const { rows } = await client.query<LeadRow>({ name: 'lead-insert', text: insertLead, values })
      if (rows[0] === undefined) {
        // Another create of the address won in between, and has committed: ON CONFLICT waited for it.
        const winner = await client.query<LeadRow>(leadByEmail, [emailLower])
        if (winner.rows[0] === undefined)
          throw new AppError('UNAVAILABLE', { message: 'Try again' }, { 'Retry-After': '1' })
        throw duplicate(lead.email, winner.rows[0])
      }
      const keys = Object.keys(metadata)
      if (keys.length > 0) await client.query(rememberKeys, [workspaceId, 'leads', keys])
      return rows[0]
    })
  }

  /** Newest first. One row more than asked for is read, to know whether there is a next page. */
  async list(
    workspaceId: string,
    filter: DatasetFilter,
    page: { limit: number; offset: number; after?: LeadPosition },
  ): Promise<LeadPage> {
    const { sql, values } = bound(leadsDataset.conditions(filter), 3)
    const parameters: ReadValue[] = [page.limit + 1, page.offset, ...values]
    let where = sql
    if (page.after !== undefined) {
      const n = parameters.push(page.after.createdAt, page.after.id)
      where += ` AND (l.created_at, l.id) < ($${n - 1}::timestamptz, $${n}::bigint)`
    }
    const text = leadPage(where)
    const rows = await this.database.read<LeadRow>(workspaceId, {
      name: statementName(text),
      text,
      values: parameters,
    })
    return { rows: rows.slice(0, page.limit), hasMore: rows.length > page.limit }
  }
}

const duplicate = (email: string, existing: LeadRow): AppError =>
  new AppError('DUPLICATE_EMAIL', {
    email,
    existingLeadId: leadId(existing.hex),
    message: 'A lead with this email already exists in your workspace',
  })

const names = new Map<string, string>()
/** Filters come in few shapes, each prepared once per connection under a name of its own. */
function statementName(text: string): string {
  const name = names.get(text) ?? `leads-${names.size}`
  names.set(text, name)
  return name
}
