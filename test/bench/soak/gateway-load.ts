import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import type { ArchiveVisitor } from '../../support/archives/archive-visitor.js'
import { requestMany, type Target } from '../http-load.js'

const CONNECTIONS = 10
/** Of one unit; a hundred units make what the soak promises. */
export const UNIT = { reads: 1000, events: 500, creates: 50, downloads: 5, pages: 5 }
/** Of the downloads of a unit, the one that its reader breaks off, after so many bytes. */
const BROKEN_OFF = 1
const BROKEN_OFF_AFTER = 1_000_000

export interface GatewayLoadTarget {
  /** Without a slash. */
  url: string
  leads: BenchWorkspace & { chatbotId: string }
  /** Where new leads go. */
  creates: Pick<BenchWorkspace, 'apiKey'> & { chatbotId: string }
  events: { workspaceId: string; codename: string; key: string; bodies: readonly string[] }
  /** Exports that are completed, of the leads. */
  files: readonly { id: string; bytes: number }[]
  /** Logged in to the archive pages. */
  visitor: ArchiveVisitor
  pages: readonly string[]
}

/** One unit of what a gateway does in its life. */
export async function gatewayUnit(target: GatewayLoadTarget, n: number): Promise<void> {
  await read(target)
  await post(target, n)
  await create(target, n)
  for (let i = 0; i < UNIT.downloads; i++) await download(target, n + i, i === BROKEN_OFF)
  for (let i = 0; i < UNIT.pages; i++) await page(target, n + i)
}

async function read({ url, leads }: GatewayLoadTarget): Promise<void> {
  const headers = authorization(leads.apiKey)
  const lists = [
    `get-leads?chatbotId=${leads.chatbotId}&size=20`,
    `get-leads?chatbotId=${leads.chatbotId}&size=100&page=7`,
    `leads?chatbotId=${leads.chatbotId}&size=20`,
    `leads?chatbotId=${leads.chatbotId}&size=100`,
  ]
  for (const list of lists) {
    const requests = UNIT.reads / lists.length
    await requestMany({ url: `${url}/api/v1/${list}`, headers }, { connections: CONNECTIONS, requests })
  }
}

async function post({ url, events: { codename, key, bodies } }: GatewayLoadTarget, n: number): Promise<void> {
  const headers = { ...authorization(key), 'content-type': 'application/x-ndjson' }
  const answer = await fetch(`${url}/api/v1/${codename}/events`, {
    method: 'POST',
    headers,
    body: bodies[n % bodies.length]!,
  })
  if (answer.status !== 200) throw new Error(`events were answered ${answer.status}: ${await answer.text()}`)
  await answer.arrayBuffer()
}

async function create({ url, creates }: GatewayLoadTarget, n: number): Promise<void> {
  const stamp = `${Date.now()}-${n}`
  let i = 0
  const target: Target = {
    url: `${url}/api/v1/chatbots/${creates.chatbotId}/leads`,
    headers: { ...authorization(creates.apiKey), 'Content-Type': 'application/json' },
    body: () =>
      `{"name":"Ana Peña","email":"soak-${stamp}-${i++}@example.com","metadata":{"company":"Acme"}}`,
  }
  await requestMany(target, { connections: CONNECTIONS, requests: UNIT.creates - CONNECTIONS })
  // The others are kept for replay, by a key each.
  for (let k = 0; k < CONNECTIONS; k++) {
    const key = { 'Idempotency-Key': `${stamp}-${k}` }
    const answer = await fetch(target.url, {
      method: 'POST',
      headers: { ...target.headers, ...key },
      body: target.body!(),
    })
    if (answer.status !== 201) throw new Error(`a lead was answered ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
}

/** By way of the gateway, which hands out a link to itself (`DOWNLOADS=proxy`). */
async function download(
  { url, leads, files }: GatewayLoadTarget,
  n: number,
  isBrokenOff: boolean,
): Promise<void> {
  const { id, bytes } = files[n % files.length]!
  const link = await fetch(`${url}/api/v1/exports/${id}/download`, {
    headers: authorization(leads.apiKey),
    redirect: 'manual',
  })
  const [answer] = (await once(get(`${url}${pathOf(link)}`, { agent: false }), 'response')) as [
    IncomingMessage,
  ]
  if (answer.statusCode !== 200) throw new Error(`a download was answered ${answer.statusCode}`)
  let read = 0
  for await (const chunk of answer) {
    read += (chunk as Buffer).length
    if (isBrokenOff && read >= BROKEN_OFF_AFTER) break
  }
  if (!isBrokenOff && read !== bytes) throw new Error(`a download of ${bytes} bytes ended after ${read}`)
}

function pathOf({ status, headers }: Response): string {
  const location = headers.get('location')
  if (status !== 302 || location === null) throw new Error(`a download was answered ${status}`)
  const { pathname, search } = new URL(location)
  return `${pathname}${search}`
}

async function page({ visitor, pages }: GatewayLoadTarget, n: number): Promise<void> {
  const path = pages[n % pages.length]!
  const { status } = await visitor.get(path)
  if (status !== 200) throw new Error(`${path} was answered ${status}`)
}

const authorization = (key: string) => ({ Authorization: `Bearer ${key}` })
