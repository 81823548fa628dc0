import { TestContext } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

describe('guesses at the root token', () => {
  let context: TestContext
  let gateway: Program
  beforeAll(async () => {
    context = await TestContext.create()
    // Addresses of these tests stand in X-Forwarded-For.
    gateway = await startProgram('gateway', { ...context.env, TRUSTED_PROXIES: '127.0.0.0/8' })
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const ask = (address: string, authorization: string, path = '/admin/v1/workspaces') =>
    fetch(`http://127.0.0.1:${context.config.ADMIN_PORT}${path}`, {
      headers: { Authorization: authorization, 'X-Forwarded-For': address },
    })
  const right = () => `Bearer ${context.config.ADMIN_TOKEN}`
  const statuses = async (count: number, address: string, authorization: string, path?: string) =>
    Promise.all(Array.from({ length: count }, async () => (await ask(address, authorization, path)).status))

  it('are limited by address, and the right token still works from another one', async () => {
    const answers = await statuses(40, '192.0.2.1', 'Bearer wrong-wrong-wrong-wrong-wrong-wrong')
    expect(answers.filter((status) => status === 401)).toHaveLength(20)
    expect(answers.filter((status) => status === 429)).toHaveLength(20)
    const refused = await ask('192.0.2.1', right())
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect(await refused.json()).toMatchObject({ success: false, code: 'TOO_MANY_REQUESTS' })
    expect((await ask('192.0.2.2', right())).status).toBe(200)
  })

  it('are counted on the board of the queues too', async () => {
    const password = `Basic ${Buffer.from('operator:wrong').toString('base64')}`
    const answers = await statuses(25, '192.0.2.3', password, '/admin/queues')
    expect(answers.filter((status) => status === 429)).toHaveLength(5)
  })

  it('do not limit requests with the right token, nor those without any', async () => {
    expect(new Set(await statuses(60, '192.0.2.4', right()))).toEqual(new Set([200]))
    expect(new Set(await statuses(60, '192.0.2.4', 'Basic'))).toEqual(new Set([401]))
    expect((await ask('192.0.2.4', right())).status).toBe(200)
  })
})
