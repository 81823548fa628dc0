import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ObjectStore } from '#core'
import { freePort } from '../../tools/local-stack/ports.js'
import { scrape } from '../support/api/exposition.js'
import { ask } from '../support/api/http.js'
import { Client } from '../support/api/client.js'
import { ArchiveVisitor } from '../support/archives/archive-visitor.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { stalledReader, type StalledReader, statusOf } from '../support/downloads/stalled-reader.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addArchiveFile } from '../support/samples/archive.js'
import { until } from '../support/until.js'

/** More than the buffers of both ends of a connection take. */
const bytes = randomBytes(24 * 1024 * 1024)
const STALL_SECONDS = 5
const FILES = 6
const day = '2024-03-01'

describe('DOWNLOADS=proxy', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let other: TestWorkspace
  let metricsUrl: string
  let readers: StalledReader[] = []

  beforeAll(async () => {
    const METRICS_PORT = String(await freePort())
    metricsUrl = `http://127.0.0.1:${METRICS_PORT}`
    const own = { DOWNLOADS: 'proxy', DOWNLOAD_STALL_SECONDS: String(STALL_SECONDS), METRICS_PORT }
    context = await TestContext.create('postgres', own)
    demo = await context.workspace('demo')
    other = await context.workspace('other')
    const store = new ObjectStore(context.config)
    for (const { workspace } of [demo, other]) {
      for (let n = 0; n < FILES; n++) {
        const objectKey = `${workspace.id}/file-${n}`
        await store.put(objectKey, bytes, 'application/zip')
        const file = { name: `leads/shop/file-${n}.zip`, day, size: bytes.length, objectKey }
        await addArchiveFile(context.testDatabase.superuser, workspace.id, file)
      }
    }
    store.close()
    gateway = await startProgram('gateway', context.env)
  }, 60_000)
  afterEach(async () => {
    for (const { socket } of readers) socket.destroy()
    readers = []
    await until('every place to be free', async () => (await open()) === 0)
  })
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const metric = async (series: string) => (await scrape(metricsUrl)).of(series)
  const open = () => metric('leadferry_downloads_open')
  async function linkOf({ workspace, appToken }: TestWorkspace, n = 0): Promise<string> {
    const name = encodeURIComponent(`leads/shop/file-${n}.zip`)
    const path = `/${workspace.codename}/archive/url?name=${name}&token=${appToken}`
    return (await new Client(`${context.config.PUBLIC_URL}/api/v1`).get(path)).body.url as string
  }
  async function stall(links: string[], headers: Record<string, string> = {}): Promise<StalledReader[]> {
    const begun = await Promise.all(links.map((link) => stalledReader(link, headers)))
    readers.push(...begun)
    return begun
  }
  const download = async (link: string) => {
    const answer = await fetch(link)
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  const counted = (all: StalledReader[]) => {
    const counts: Record<number, number> = {}
    for (const reader of all) counts[statusOf(reader)] = (counts[statusOf(reader)] ?? 0) + 1
    return counts
  }

  it('120 readers of one workspace that read nothing keep no other workspace from its file', async () => {
    const links = await Promise.all(Array.from({ length: FILES }, (_, n) => linkOf(demo, n)))
    const begun = await stall(Array.from({ length: 120 }, (_, n) => links[n % FILES]!))
    expect(counted(begun)).toEqual({ 200: 32, 503: 88 })
    expect(await open()).toBe(32)
    const refused = begun.find((reader) => statusOf(reader) === 503)!
    expect(refused.head).toMatch(/\r\nretry-after: 30\r\n/i)
    expect(refused.head).toMatch(/\r\ncontent-type: application\/json/i)

    const got = await download(await linkOf(other))
    expect([got.status, got.bytes.equals(bytes)]).toEqual([200, true])
    expect((await fetch(`${context.config.PUBLIC_URL}/health/ready`)).status).toBe(200)

    await until('the stalled readers to be cut off', async () => (await open()) === 0)
    expect((await download(links[0]!)).status).toBe(200)
  }, 60_000)

  it('one link has a sixteenth of the slots, and its workspace goes on by others', async () => {
    const [link, another] = [await linkOf(demo), await linkOf(demo, 1)]
    const refused = await metric('leadferry_downloads_refused_total{bound="link"}')
    expect(counted(await stall(Array.from({ length: 12 }, () => link)))).toEqual({ 200: 8, 503: 4 })
    expect(await metric('leadferry_downloads_refused_total{bound="link"}')).toBe(refused + 4)
    const answer = await ask(context.config.PUBLIC_URL, { method: 'GET', path: new URL(link).pathname })
    expect([answer.status, answer.body]).toEqual([
      503,
      expect.objectContaining({
        code: 'UNAVAILABLE',
        details: expect.objectContaining({ reason: 'too_many_downloads', limit: 8 }) as object,
      }),
    ])
    expect((await download(another)).status).toBe(200)
  }, 60_000)

  it('a part of a file counts as the whole does, and a HEAD does not', async () => {
    const link = await linkOf(demo)
    const range = `bytes=0-${bytes.length - 2}`
    expect(
      counted(
        await stall(
          Array.from({ length: 9 }, () => link),
          { Range: range },
        ),
      ),
    ).toEqual({
      206: 8,
      503: 1,
    })
    const { status, headers } = await fetch(link, { method: 'HEAD' })
    expect([status, headers.get('content-length')]).toEqual([200, String(bytes.length)])
  }, 60_000)

  it('a client that leaves gives its slot back at once', async () => {
    const link = await linkOf(demo)
    const begun = await stall(Array.from({ length: 8 }, () => link))
    expect((await stall([link])).map(statusOf)).toEqual([503])
    begun[0]!.socket.destroy()
    await until('the slot', async () => (await open()) === 7)
    expect((await stall([link])).map(statusOf)).toEqual([200])
  }, 60_000)

  it('requests that a client sends ahead on one connection hold slots as long as the connection', async () => {
    const { pathname, host, hostname, port } = new URL(await linkOf(demo))
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(3))
    await until('three downloads', async () => (await open()) === 3)
    socket.destroy()
    await until('their slots', async () => (await open()) === 0)
  }, 60_000)

  it('a reader that is slow and reads on is not cut off', async () => {
    const link = await linkOf(demo)
    const response = await fetch(link)
    let length = 0
    // Three times as long as a reader that takes nothing has.
    const pauseMs = (3 * STALL_SECONDS * 1000) / 24
    for await (const piece of response.body!) {
      const before = Math.floor(length / 1024 / 1024)
      length += (piece as Uint8Array).length
      if (Math.floor(length / 1024 / 1024) > before) await sleep(pauseMs)
    }
    expect(length).toBe(bytes.length)
  }, 60_000)

  it('a button says on a page that there is no slot', async () => {
    const person = new ArchiveVisitor(context.config.PUBLIC_URL, { 'Accept-Language': 'en' })
    await person.login(demo.appToken)
    const path = await mailedLink()
    const links = await Promise.all(Array.from({ length: 4 }, (_, n) => linkOf(demo, n)))
    expect(counted(await stall(Array.from({ length: 32 }, (_, n) => links[n % 4]!)))).toEqual({ 200: 32 })
    const archive = await person.post('/archives/download', { name: 'leads/shop/file-5.zip' })
    const mailed = await ask(context.config.PUBLIC_URL, { method: 'POST', path })
    for (const { status, headers, text } of [archive, mailed]) {
      expect([status, headers['retry-after'], headers['content-type']]).toEqual([
        503,
        '30',
        'text/html; charset=utf-8',
      ])
      expect(text).toMatch(/Too many downloads are under way|Hay demasiadas descargas en curso/)
    }
  }, 60_000)

  it('a storage that does not answer is 503, and holds no slot', async () => {
    const link = await linkOf(demo)
    await context.s3.close()
    try {
      const { status, headers } = await fetch(link)
      expect([status, headers.get('retry-after')]).toEqual([503, '5'])
      expect(await open()).toBe(0)
    } finally {
      await context.s3.restart()
    }
    expect((await download(link)).status).toBe(200)
  }, 60_000)

  /** Of an export as a worker would leave it. */
  async function mailedLink(): Promise<string> {
    const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    const { body } = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    await context.testDatabase.superuser.query(
      `UPDATE exports SET state = 'completed', bytes = 1, sha256 = 'x', object_key = 'x', archive_name = 'exports/all/x.csv',
         finished_at = now(), expires_at = now() + interval '1 day' WHERE id = $1`,
      [body.id],
    )
    return new URL((await api.get(`/exports/${body.id}`)).body.downloadUrl as string).pathname
  }
})
