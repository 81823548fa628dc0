import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

/**
 * The list that get-leads answers, by nothing but node:http and a prepared statement of pg: no key, no row-level
 * security, no limit, no check of what comes. What a list read can cost at least.
 */
const [url = '', workspaceId = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })

interface Row {
  id: string
  hex: string
  chatbot_id: string
  account_id: string
  name: string | null
  email: string | null
  phone: string | null
  created_at: Date
  created_at_text: string
  owner_user_id: string
}

const COLUMNS = `l.id, l.hex, l.chatbot_id, l.account_id, l.name, l.email, l.phone, l.created_at,
  l.created_at::text AS created_at_text, c.owner_user_id`
const FROM = `FROM leads l JOIN chatbots c ON c.id = l.chatbot_id`
const order = (size: number): string => `ORDER BY l.created_at DESC, l.id DESC LIMIT ${size + 1}`
const where = 'l.workspace_id = $1 AND l.chatbot_id = $2'
const first = (size: number): string => `SELECT ${COLUMNS} ${FROM} WHERE ${where} ${order(size)}`
const next = (size: number): string =>
  `SELECT ${COLUMNS} ${FROM} WHERE ${where} AND (l.created_at, l.id) < ($3, $4) ${order(size)}`

const server = createServer((request, response) => {
  const query = new URL(request.url ?? '', 'http://raw').searchParams
  const chatbotId = query.get('chatbotId')
  const after = query.get('after')
  const size = Number(query.get('size'))
  const statement =
    after === null
      ? { name: `first-${size}`, text: first(size), values: [workspaceId, chatbotId] }
      : { name: `next-${size}`, text: next(size), values: [workspaceId, chatbotId, ...after.split('|')] }
  pool.query<Row>(statement).then(
    ({ rows }) => {
      const data = rows.slice(0, size).map((lead) => ({
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
      const last = rows.length > size ? rows[size - 1] : undefined
      const place = last === undefined ? null : `${last.created_at_text}|${last.id}`
      const pagination = { page: 1, size, hasMore: last !== undefined, next: place }
      const body = JSON.stringify({ data, collectedCustomers: data, pagination })
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
