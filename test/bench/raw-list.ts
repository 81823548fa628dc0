import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

/**
 * The lists of get-leads and of leads, by nothing but node:http and a prepared statement of pg: no key, no row-level
 * security, no limit, no check of what comes. What a list read can cost at least.
 */
const [url = '', workspaceId = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })

interface Row {
  id: string
  hex: string
  created_at: Date
  created_at_text: string
  name: string | null
  email: string | null
  phone: string | null
}

interface ContactRow extends Row {
  chatbot_id: string
  account_id: string
  owner_user_id: string
}

interface LeadRow extends Row {
  workspace_id: string
  source: string | null
  status: string
  metadata: object
  updated_at: Date
}

interface RawList<R extends Row> {
  columns: string
  from: string
  answer: (rows: R[], pagination: object) => object
}

const getLeads: RawList<ContactRow> = {
  columns: 'l.chatbot_id, l.account_id, c.owner_user_id',
  from: 'leads l JOIN chatbots c ON c.id = l.chatbot_id',
  answer: (rows, pagination) => {
    const data = rows.map((lead) => ({
      id: Number(lead.id),
      created_at: lead.created_at.toISOString(),
      chatbot_owner_user_id: lead.owner_user_id,
      chatbot_id: lead.chatbot_id,
      phone: lead.phone,
      email: lead.email,
      name: lead.name,
      lead_id: `lead_${lead.hex}`,
      account_id: lead.account_id,
    }))
    return { data, collectedCustomers: data, pagination }
  },
}

const leads: RawList<LeadRow> = {
  columns: 'l.workspace_id, l.source, l.status, l.metadata, l.updated_at',
  from: 'leads l',
  answer: (rows, pagination) => {
    const data = rows.map((lead) => ({
      id: `lead_${lead.hex}`,
      name: lead.name,
      email: lead.email,
      phone: lead.phone,
      source: lead.source,
      status: lead.status,
      metadata: lead.metadata,
      createdAt: lead.created_at.toISOString(),
      updatedAt: lead.updated_at.toISOString(),
      workspaceId: lead.workspace_id,
    }))
    return { success: true, data, pagination }
  },
}

const COMMON = 'l.id, l.hex, l.created_at, l.created_at::text AS created_at_text, l.name, l.email, l.phone'

function selectOf({ columns, from }: RawList<never>, size: number, isDeep: boolean): string {
  const place = isDeep ? 'AND (l.created_at, l.id) < ($3, $4)' : ''
  return `SELECT ${COMMON}, ${columns} FROM ${from} WHERE l.workspace_id = $1 AND l.chatbot_id = $2 ${place}
    ORDER BY l.created_at DESC, l.id DESC LIMIT ${size + 1}`
}

async function read<R extends Row>(list: RawList<R>, name: string, query: URLSearchParams): Promise<string> {
  const after = query.get('after')
  const size = Number(query.get('size'))
  const { rows } = await pool.query<R>({
    name: `${name}-${after === null ? 'first' : 'next'}-${size}`,
    text: selectOf(list, size, after !== null),
    values: [workspaceId, query.get('chatbotId'), ...(after?.split('|') ?? [])],
  })
  const last = rows.length > size ? rows[size - 1] : undefined
  const next = last === undefined ? null : `${last.created_at_text}|${last.id}`
  const pagination = { page: 1, size, hasMore: last !== undefined, next }
  return JSON.stringify(list.answer(rows.slice(0, size), pagination))
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://raw')
  const reading =
    pathname === '/leads' ? read(leads, 'leads', searchParams) : read(getLeads, 'get-leads', searchParams)
  reading.then(
    (body) => {
      response.writeHead(200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
      })
      response.end(body)
    },
    (error: unknown) => {
      response.writeHead(500)
      response.end(String(error))
    },
  )
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit(0))
