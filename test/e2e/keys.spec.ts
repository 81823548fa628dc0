import { setTimeout as sleep } from 'node:timers/promises'
import { KeysService } from '#tenancy'
import { freePort } from '../../tools/local-stack/ports.js'
import { Client } from '../support/api/client.js'
import { backends, TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'

/** Requests a minute of each key. */
const LIMIT = 60

for (const { backend, suite } of backends) {
  suite(`keys on two gateways, with requests counted in ${backend}`, () => {
    let context: TestContext
    let gateways: Program[]
    let bases: string[]
    let a: TestWorkspace
    let keys: KeysService

    beforeAll(async () => {
      context = await TestContext.create(backend, { RATE_LIMIT_PER_MINUTE: String(LIMIT) })
      a = await context.workspace('a')
      keys = new KeysService(context.database)
      const ports = [context.env['PORT']!, String(await freePort())]
      bases = ports.map((port) => `http://127.0.0.1:${port}/api/v1`)
      gateways = []
      for (const PORT of ports) {
        const env = { ...context.env, PORT, ADMIN_PORT: String(await freePort()) }
        gateways.push(await startProgram('gateway', env))
      }
    }, 60_000)
    afterAll(async () => {
      await Promise.all(gateways.map((gateway) => gateway.stop(10_000)))
      await context.close()
    })

    const owner = { kind: 'api_key', ownerName: 'Ana', ownerEmail: 'ana@example.com' } as const
    const issue = (more: { expiresAt?: Date } = {}) => keys.issue(a.workspace.id, { ...owner, ...more })
    const both = (token: string) => bases.map((base) => new Client(base, token))
    const statuses = (clients: Client[]) =>
      Promise.all(clients.map(async (client) => (await client.get('/exports')).status))

    it('a revoked key is refused by both within a second, as one that never was', async () => {
      const { id, token } = await issue()
      const clients = both(token)
      expect(await statuses(clients)).toEqual([200, 200])
      await keys.revoke(a.workspace.id, id)
      await sleep(1000)
      expect(await statuses(clients)).toEqual([401, 401])
      const [revoked, absent] = await Promise.all([
        clients[0]!.get('/exports'),
        new Client(bases[0]!).get('/exports'),
      ])
      expect({ ...revoked.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
    })

    it('a key ends when it expires', async () => {
      const { token } = await issue({ expiresAt: new Date(Date.now() + 1500) })
      expect(await statuses(both(token))).toEqual([200, 200])
      await sleep(2500)
      expect(await statuses(both(token))).toEqual([401, 401])
    })

    it('the limit holds over both, and says when to come back', async () => {
      const clients = both((await issue()).token)
      const answers = await Promise.all(
        Array.from({ length: LIMIT + 20 }, (_, i) => clients[i % 2]!.get('/exports')),
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(LIMIT)
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(20)
      const { body, headers } = refused[0]!
      expect(body).toMatchObject({ code: 'TOO_MANY_REQUESTS', success: false })
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      expect(headers.get('ratelimit-policy')).toBe(`"key";q=${LIMIT};w=60`)
      expect(headers.get('ratelimit')).toBe(`"key";r=0;t=${headers.get('retry-after')}`)
      // Another address would not be another caller, and another key is.
      expect((await clients[0]!.get('/exports', { 'X-Forwarded-For': '203.0.113.7' })).status).toBe(429)
      const [fresh] = both((await issue()).token)
      const first = await fresh!.get('/exports', { 'X-Forwarded-For': '203.0.113.7' })
      expect([first.status, first.headers.get('ratelimit')?.split(';t')[0]]).toEqual([
        200,
        `"key";r=${LIMIT - 1}`,
      ])
    })

    it('the last use is written down, and nothing of the token but its beginning', async () => {
      const { id, token } = await issue()
      await statuses(both(token))
      await until(
        'the last use',
        async () => (await keys.list(a.workspace.id)).find((key) => key.id === id)?.lastUsedAt,
      )
      const printed = gateways.flatMap(({ lines }) => lines).join('\n')
      expect(printed).toContain(id)
      expect(printed).not.toContain(token)
    })
  })
}
