import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ObjectStore } from '#core'
import { Balancer } from '../support/programs/balancer.js'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addArchiveFile } from '../support/samples/archive.js'
import { addLeads } from '../support/samples/leads.js'
import { freePort } from '../../tools/local-stack/ports.js'

const CLIENTS = 6
const ROUNDS = 2

describe('a gateway that is told to end', () => {
  let context: TestContext
  let demo: TestWorkspace
  const running = new Set<Program>()

  beforeAll(async () => {
    context = await TestContext.create('postgres', { RATE_LIMIT_PER_MINUTE: '0', DOWNLOADS: 'proxy' })
    demo = await context.workspace('demo')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 200)
  }, 60_000)
  afterAll(async () => {
    for (const gateway of running) await gateway.stop(10_000)
    await context.close()
  })

  async function start(env: Record<string, string>): Promise<Program> {
    const gateway = await startProgram('gateway', { ...context.env, ...env })
    running.add(gateway)
    return gateway
  }

  async function stop(gateway: Program): Promise<void> {
    await gateway.stop(60_000)
    running.delete(gateway)
    expect(await gateway.exited).toBe('exited with code 0')
  }

  it('restarted in turn under load, two of them lose no request', async () => {
    const places = await Promise.all(
      [1, 2].map(async () => ({
        PORT: String(await freePort()),
        ADMIN_PORT: String(await freePort()),
        // Longer than the balancer takes to see that one is not ready.
        SHUTDOWN_DELAY_SECONDS: '1',
      })),
    )
    const gateways = await Promise.all(places.map(start))
    const balancer = await Balancer.before(places.map(({ PORT }) => Number(PORT)))
    await until('both gateways', () => balancer.ready === 2)

    const load = { over: false, created: [] as string[], exports: [] as string[], reads: 0 }
    const clients = Array.from({ length: CLIENTS }, (_, n) =>
      visit(new Client(`${balancer.origin}/api/v1`, demo.key), n, load),
    )
    const restarts = (async () => {
      for (let round = 0; round < ROUNDS; round++) {
        for (const [index, place] of places.entries()) {
          await stop(gateways[index]!)
          gateways[index] = await start(place)
          await until('both gateways', () => balancer.ready === 2)
        }
      }
    })()
    // A request that is lost ends it at once; else the restarts do.
    await Promise.race([restarts, Promise.all(clients)])
    await restarts
    load.over = true
    await Promise.all(clients)
    await balancer.close()
    for (const gateway of gateways) await stop(gateway)

    expect(load.reads).toBeGreaterThan(CLIENTS)
    const { rows } = await context.testDatabase.superuser.query<{ email: string }>(
      `SELECT email FROM leads WHERE email LIKE 'rolling-%' ORDER BY email`,
    )
    expect(rows.map(({ email }) => email)).toEqual(load.created.toSorted())
    const exports = await context.testDatabase.superuser.query<{ id: string }>(
      'SELECT id FROM exports ORDER BY id',
    )
    expect(exports.rows.map(({ id }) => id)).toEqual(load.exports.toSorted())
  }, 180_000)

  it('says that it drains, closes connections by its answers, and ends a download that is under way', async () => {
    const bytes = Buffer.alloc(40 * 1024 * 1024, 'leadferry')
    const store = new ObjectStore(context.config)
    await store.put('build-1/large.zip', bytes, 'application/zip')
    store.close()
    const name = 'leads/shop-web-5970d180adf62b28c8630566/2026-03-01.zip'
    const file = { name, day: '2026-03-01', size: bytes.length, objectKey: 'build-1/large.zip' }
    await addArchiveFile(context.testDatabase.superuser, demo.workspace.id, file)
    const gateway = await start({ SHUTDOWN_DELAY_SECONDS: '2', DRAIN_SECONDS: '60' })
    const api = new Client(`${context.config.PUBLIC_URL}/api/v1`)
    const link = await api.get(`/demo/archive/url?token=${demo.appToken}&name=${encodeURIComponent(name)}`)
    const download = await firstBytes(link.body.url as string)

    const ended = stop(gateway)
    await gateway.says('gateway draining')
    const ready = await fetch(`${context.config.PUBLIC_URL}/health/ready`)
    expect([ready.status, ready.headers.get('connection'), await ready.json()]).toEqual([
      503,
      'close',
      { status: 'draining', database: 'ok', queue: 'ok', storage: 'ok' },
    ])
    const live = await new Client(context.config.PUBLIC_URL).get('/health/live')
    expect([live.status, live.headers.get('connection')]).toEqual([200, 'close'])
    // It takes no more connections, and the download is still not read.
    await until('the port to be closed', () =>
      fetch(context.config.PUBLIC_URL).then(
        () => false,
        () => true,
      ),
    )
    expect((await rest(download)).equals(bytes)).toBe(true)
    await ended
  }, 90_000)

  it('does not wait for connections on which nothing was ever sent', async () => {
    const ports = [await freePort(), await freePort()]
    const [PORT, ADMIN_PORT] = ports.map(String) as [string, string]
    const gateway = await start({ PORT, ADMIN_PORT, DRAIN_SECONDS: '20' })
    const silent = ports.map((port) => connect(port, '127.0.0.1').resume())
    await Promise.all(silent.map((socket) => once(socket, 'connect')))
    const ended = silent.map((socket) => once(socket, 'close'))
    await stop(gateway)
    await Promise.all(ended)
    expect(gateway.lines.join('\n')).not.toContain('were cut')
  }, 60_000)

  it('cuts a download that nobody reads when the time is up', async () => {
    const gateway = await start({ DRAIN_SECONDS: '2' })
    const api = new Client(`${context.config.PUBLIC_URL}/api/v1`)
    const name = 'leads/shop-web-5970d180adf62b28c8630566/2026-03-01.zip'
    const link = await api.get(`/demo/archive/url?token=${demo.appToken}&name=${encodeURIComponent(name)}`)
    const download = await firstBytes(link.body.url as string)
    await stop(gateway)
    await expect(rest(download)).rejects.toThrow('aborted')
  }, 60_000)
})

interface Load {
  over: boolean
  /** Addresses of the leads whose creation was answered by 201. */
  created: string[]
  exports: string[]
  reads: number
}

/** What one client does until the load is over; throws for the first request that is not answered as it should be. */
async function visit(api: Client, number: number, load: Load): Promise<void> {
  for (let turn = 0; !load.over; turn++) {
    const list = await api.get('/leads?limit=5')
    expect([list.status, list.text.slice(0, 300)]).toEqual([200, expect.any(String)])
    load.reads++
    const email = `rolling-${number}-${String(turn).padStart(5, '0')}@example.com`
    const lead = await api.post('/leads', { name: 'Rolling', email })
    if (lead.status !== 201) throw new Error(`POST /leads answered ${lead.status}: ${lead.text}`)
    load.created.push(email)
    if (turn % 10 === 0) {
      const accepted = await api.post('/exports', { dataset: 'leads', format: 'csv' })
      if (accepted.status !== 202)
        throw new Error(`POST /exports answered ${accepted.status}: ${accepted.text}`)
      load.exports.push(accepted.body.id as string)
    }
    await sleep(20)
  }
}

/** A download that has begun, and that nobody reads on. */
async function firstBytes(url: string): Promise<IncomingMessage> {
  const [answer] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(200)
  return answer
}

async function rest(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
