import { Client, type Json } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

describe('leads that many change at once', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const idsOf = ({ body }: { body: Json }) => (body.data as { id: string }[]).map(({ id }) => id)
  type Answer = Awaited<ReturnType<Client['get']>>
  const patch = (id: string, body: object) => api.send('PATCH', `/leads/${id}`, body, {})
  const remove = (id: string) => api.send('DELETE', `/leads/${id}`, undefined, {})
  const statuses = (answers: Answer[]) => [...new Set(answers.map(({ status }) => status))].sort()
  const times = (count: number) => Array.from({ length: count }, (_, n) => n)
  async function newLead(email: string): Promise<string> {
    return (await api.post('/leads', { name: 'Ana', email })).body.data.id as string
  }

  it('two that swap their addresses are refused, or one is first: never the same for both', async () => {
    const ids = [await newLead('a@example.com'), await newLead('b@example.com')] as const
    for (const n of times(10)) {
      // Once to the address of the other, once both to one that nobody has.
      const answers = await Promise.all([
        patch(ids[0], { email: 'b@example.com' }),
        patch(ids[1], { email: 'a@example.com' }),
        patch(ids[0], { email: `both-${n}@example.com` }),
        patch(ids[1], { email: `both-${n}@example.com` }),
      ])
      expect(answers.map(({ status }) => status).filter((status) => ![200, 409].includes(status))).toEqual([])
      const emails = await Promise.all(
        ids.map(async (id) => (await api.get(`/leads/${id}`)).body.data.email as string),
      )
      expect(new Set(emails).size).toBe(2)
      for (const [i, id] of ids.entries()) await patch(id, { email: `away-${n}-${i}@example.com` })
      expect((await patch(ids[0], { email: 'a@example.com' })).status).toBe(200)
      expect((await patch(ids[1], { email: 'b@example.com' })).status).toBe(200)
    }
  })

  it('created, changed and deleted under one address, it is there once or not at all', async () => {
    const email = 'one@example.com'
    const turn = async (n: number): Promise<Answer[]> => {
      const created = await api.post('/leads', { name: 'Ana', email })
      const id = (created.body.data?.id ?? created.body.details.existingLeadId) as string
      return [created, n % 3 === 0 ? await patch(id, { name: `turn ${n}` }) : await remove(id)]
    }
    const answers = await Promise.all(
      times(8).map(async (n) => (await Promise.all(times(5).map((i) => turn(n + i)))).flat()),
    )
    expect([200, 201, 204, 404, 409]).toEqual(expect.arrayContaining(statuses(answers.flat())))
    const { body } = await api.get(`/leads?email=${email}`)
    expect((body.data as Json[]).length).toBeLessThanOrEqual(1)
  })

  it('deleted and changed at once, it is gone, and each is told so or was first', async () => {
    const id = await newLead('gone@example.com')
    const answers = await Promise.all([
      patch(id, { name: 'x' }),
      remove(id),
      patch(id, { email: 'still@example.com' }),
      remove(id),
      api.get(`/leads/${id}`),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect([200, 204, 404]).toEqual(expect.arrayContaining(statuses(answers)))
    expect((await api.get(`/leads/${id}`)).status).toBe(404)
    expect([await newLead('gone@example.com'), await newLead('still@example.com')]).not.toContain(undefined)
  })

  it('a cursor goes on behind its row though that row, and others, are deleted', async () => {
    const source = 'walked'
    for (const n of times(12)) {
      await api.post('/leads', { name: 'Ana', email: `walk-${n}@example.com`, source })
    }
    const all = idsOf(await api.get(`/leads?source=${source}`))
    const page = async (cursor: string) => {
      const answer = await api.get(`/leads?source=${source}&size=4&cursor=${cursor}`)
      return { ids: idsOf(answer), next: answer.body.pagination.next as string }
    }
    const { next } = (await api.get(`/leads?source=${source}&size=4`)).body.pagination
    // The row that the cursor stands on, one before it and one behind it.
    for (const gone of [3, 1, 5]) await remove(all[gone]!)
    const second = await page(next as string)
    expect(second.ids).toEqual([all[4], all[6], all[7], all[8]])
    for (const gone of all.slice(9)) await remove(gone)
    expect(await page(second.next)).toEqual({ ids: [], next: null })
  })

  it('a gateway that is killed leaves of each Idempotency-Key all or nothing', async () => {
    const create = (n: number) =>
      api.post(
        '/leads',
        { name: 'Ana', email: `key-${n}@example.com`, metadata: { [`name ${n}`]: n } },
        { 'Idempotency-Key': `kill-${n}` },
      )
    const before = times(60).map((n) => create(n).catch(() => undefined))
    await Promise.race(before)
    await gateway.stop(0)
    const told = (await Promise.all(before)).map((answer) => answer?.body.data?.id as string | undefined)
    gateway = await startProgram('gateway', context.env)
    const after: Answer[] = []
    for (const n of times(60)) after.push(await create(n))
    expect(statuses(after)).toEqual([201])
    // Who was answered before is answered the same, and nobody has two leads.
    for (const [n, id] of told.entries()) if (id !== undefined) expect(after[n]!.body.data.id).toBe(id)
    const { body } = await api.get('/leads?size=100')
    const emails = (body.data as Json[])
      .map(({ email }) => email as string)
      .filter((email) => email.startsWith('key-'))
    expect([emails.length, new Set(emails).size]).toEqual([60, 60])
  })

  it('connections that PostgreSQL ends under requests cost those requests, and not the gateway', async () => {
    const answers: number[] = []
    const ask = async () => {
      for (let n = 0; n < 40; n++)
        answers.push(
          (await api.post('/leads', { name: 'Ana', email: `${Math.random()}@example.com` })).status,
        )
    }
    const cut = async () => {
      for (let n = 0; n < 20; n++)
        await context.testDatabase.superuser.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'leadferry_app'`,
        )
    }
    await Promise.all([ask(), ask(), ask(), cut()])
    expect([201, 503]).toEqual(expect.arrayContaining([...new Set(answers)]))
    expect((await api.post('/leads', { name: 'Ana', email: 'after@example.com' })).status).toBe(201)
  })
})
