import { type Funnel, FunnelsService } from '#leads'
import { WorkspacesService } from '#tenancy'
import { Client, type Json } from '../../support/api/client.js'
import { TestContext, type TestWorkspace } from '../../support/context.js'
import { type Program, startProgram } from '../../support/programs/programs.js'
import { addRecords } from '../../support/samples/records.js'
import { walk } from '../../support/api/walk.js'

const STEPS = ['INICIO', 'DNI', 'CELULAR', 'INGRESO', 'FIN']
const GROUP = 'funnel=sacarTarjeta&funnelGroup=Sacar+Tarjeta'
const RECORDS = 230

/** Beside the seed's: names that an object could mistake for its own, and more than fit a page. */
const OTHERS = ['constructor', 'toString', 'préstamo "ya"', ...Array.from({ length: 20 }, (_, i) => `f${i}`)]

describe('Chat-Tonic', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client
  let messenger: string
  let web: string
  let unused: string
  /** Of the group on either account, newest first. */
  let onMessenger: string[]
  let onWeb: string[]

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const funnels = new FunnelsService(context.database)
    const group = { doubleCounting: true, newAt: 24, interactions: STEPS }
    const funnel = await funnels.create(demo.workspace.id, 'sacarTarjeta', STEPS, [
      { ...group, name: 'Sacar Tarjeta' },
      { doubleCounting: false, newAt: 72, interactions: ['INICIO', 'FIN'], name: 'A second group' },
    ])
    for (const name of OTHERS) await funnels.create(demo.workspace.id, name, ['A'], [])
    ;[messenger, web, unused] = await accounts()
    onMessenger = await records(funnel, 'Sacar Tarjeta', messenger, RECORDS)
    onWeb = await records(funnel, 'Sacar Tarjeta', web, 10)
    await records(funnel, 'A second group', web, 5)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const accounts = () =>
    Promise.all(
      ['messenger', 'web', 'unused'].map(async (name) => {
        const account = { name, slug: name, platform: name }
        return (await new WorkspacesService(context.database).addAccount(demo.workspace.id, account)).id
      }),
    ) as Promise<[string, string, string]>
  async function records(funnel: Funnel, groupName: string, accountId: string, count: number) {
    const groups = new FunnelsService(context.database)
    const funnelGroupId = await groups.groupId(demo.workspace.id, funnel.name, groupName)
    const place = { funnelId: funnel.id, funnelGroupId, accountId, chatbotId: demo.chatbot.id }
    return addRecords(context.database, demo.workspace.id, { ...place, count })
  }
  const next = (body: Json) => body.next as string | null
  const idsOf = (body: Json): string[] => (body.objects as { _id: string }[]).map(({ _id }) => _id)
  const refused = async (path: string) => {
    const { status, body } = await api.get(path)
    return [status, body.details.field]
  }

  describe('lead/funnels', () => {
    it("answers in the seed's shape and order", async () => {
      const { status, text, body } = await api.get('/demo/lead/funnels?skip=0&limit=1')
      const [first, second] = (body.funnels.sacarTarjeta.groups as { _id: string }[]).map(({ _id }) => _id)
      expect(first).toMatch(/^[0-9a-f]{24}$/)
      const funnelId = 'sacarTarjeta'
      const interactions = STEPS
      const groups = [
        { doubleCounting: true, newAt: 24, interactions, _id: first, funnelId, name: 'Sacar Tarjeta' },
        {
          doubleCounting: false,
          newAt: 72,
          interactions: ['INICIO', 'FIN'],
          _id: second,
          funnelId,
          name: 'A second group',
        },
      ]
      const expected = { limit: 1, skip: 0, funnels: { sacarTarjeta: { interactions, groups } } }
      expect(status).toBe(200)
      expect(text).toBe(JSON.stringify({ ...expected, hasMore: true, next: body.next }))
    })

    it('without parameters, the first ten', async () => {
      const { body } = await api.get('/demo/lead/funnels')
      expect([body.limit, body.skip, Object.keys(body.funnels as object)]).toEqual([
        10,
        0,
        ['sacarTarjeta', ...OTHERS].slice(0, 10),
      ])
    })

    it('by skip and by cursor, every funnel once, in the order of creation', async () => {
      const names = (body: Json) => Object.keys(body.funnels as object)
      const byCursor = (await walk(api, '/demo/lead/funnels?limit=7', next)).flatMap(names)
      expect(byCursor).toEqual(['sacarTarjeta', ...OTHERS])
      const bySkip: string[] = []
      for (let skip = 0; skip < 28; skip += 7) {
        const { body } = await api.get(`/demo/lead/funnels?limit=7&skip=${skip}`)
        bySkip.push(...names(body))
        expect([body.skip, body.hasMore]).toEqual([skip, skip < 21])
      }
      expect(bySkip).toEqual(byCursor)
    })

    it('of an account: those that have a record on it', async () => {
      const of = async (query: string) =>
        Object.keys((await api.get(`/demo/lead/funnels?${query}`)).body.funnels as object)
      expect(await of(`accountId=${web}`)).toEqual(['sacarTarjeta'])
      expect(await of(`account=${messenger}&limit=100`)).toEqual(['sacarTarjeta'])
      expect(await of(`account=${unused}&accountId=${unused}`)).toEqual([])
    })

    it('a cursor is good for its account only, and goes without skip', async () => {
      const cursor = next((await api.get('/demo/lead/funnels?limit=1')).body)
      expect(await refused(`/demo/lead/funnels?cursor=${cursor}&account=${web}`)).toEqual([400, 'cursor'])
      expect(await refused(`/demo/lead/funnels?cursor=${cursor}&skip=0`)).toEqual([400, 'skip'])
    })
  })

  describe('lead/records', () => {
    it("answers in the seed's shape and order", async () => {
      const { status, text, body } = await api.get(`/demo/lead/records?${GROUP}&account=${web}&limit=1`)
      const record = {
        _id: onWeb[0],
        app: demo.chatbot.objectId,
        account: web,
        interaction: { funnel: 'sacarTarjeta', last: 'INGRESO', group: 'Sacar Tarjeta' },
        user: {
          extraData: [
            { name: 'DNI', cxt: '12345678' },
            { name: 'Ingreso', cxt: body.objects[0].user.extraData[1].cxt },
          ],
          messageUser: body.objects[0].user.messageUser,
          platform: 'messenger',
          firstName: 'Juan',
          lastName: body.objects[0].user.lastName,
        },
        createdAt: '2026-02-01T00:01:00.000Z',
        updatedAt: '2026-02-01T00:03:00.000Z',
      }
      expect(record.user.messageUser).toMatch(/^[0-9a-f]{24}$/)
      expect(record.user.extraData[1]!.cxt).toMatch(/^(9|10)$/)
      expect([null, 'Perez']).toContain(record.user.lastName)
      const expected = { limit: 1, skip: 0, objects: [record], hasMore: true, next: body.next }
      expect([status, text]).toEqual([200, JSON.stringify(expected)])
    })

    it.each([1, 7, 10, 100])('by cursor, %p at a time, every record once, newest first', async (limit) => {
      const path = `/demo/lead/records?${GROUP}&account=${messenger}&limit=${limit}`
      expect((await walk(api, path, next)).flatMap(idsOf)).toEqual(onMessenger)
    })

    it('by skip the same, and to nothing behind the last', async () => {
      const bySkip: string[] = []
      for (let skip = 0; skip <= RECORDS; skip += 46) {
        const { body } = await api.get(
          `/demo/lead/records?${GROUP}&accountId=${messenger}&limit=46&skip=${skip}`,
        )
        bySkip.push(...idsOf(body))
        expect([body.skip, body.hasMore]).toEqual([skip, skip + 46 < RECORDS])
      }
      expect(bySkip).toEqual(onMessenger)
    })

    it('ten unless told otherwise, a hundred at most', async () => {
      const { body } = await api.get(`/demo/lead/records?${GROUP}`)
      expect([body.limit, body.skip, body.objects.length]).toEqual([10, 0, 10])
      const most = await api.get(`/demo/lead/records?${GROUP}&limit=5000`)
      expect([most.body.limit, most.body.objects.length]).toEqual([100, 100])
    })

    it('of every account, and of the group only', async () => {
      const all = (await walk(api, `/demo/lead/records?${GROUP}&limit=100`, next)).flatMap(idsOf)
      expect([...all].sort()).toEqual([...onMessenger, ...onWeb].sort())
    })

    it('a day is inclusive, timestamps are half-open', async () => {
      const count = async (range: string) =>
        (
          await walk(api, `/demo/lead/records?${GROUP}&limit=100&account=${messenger}&${range}`, next)
        ).flatMap(idsOf).length
      expect(await count('startDate=2026-02-01&endDate=2026-02-01')).toBe(RECORDS)
      expect(await count('startDate=2026-02-02')).toBe(0)
      expect(await count('startDate=2026-02-01T00:01:00Z&endDate=2026-02-01T00:02:00Z')).toBe(9)
    })

    it.each(['funnel=sacarTarjeta', 'funnelGroup=Sacar+Tarjeta', ''])('%p is not enough', async (query) => {
      const missing = query.startsWith('funnel=') ? 'funnelGroup' : 'funnel'
      expect(await refused(`/demo/lead/records?${query}`)).toEqual([400, missing])
    })

    it('a record outlives its lead', async () => {
      const { rows } = await context.testDatabase.superuser.query<{ hex: string }>(
        'SELECT l.hex FROM records r JOIN leads l ON l.id = r.lead_id WHERE r.id = $1',
        [onWeb[0]],
      )
      expect((await api.send('DELETE', `/leads/lead_${rows[0]!.hex}`, undefined, {})).status).toBe(204)
      const { body } = await api.get(`/demo/lead/records?${GROUP}&account=${web}&limit=1`)
      expect(idsOf(body)).toEqual([onWeb[0]])
    })
  })

  it.each(
    ['funnels', 'records'].flatMap((list) =>
      [
        ...['limit=0', 'limit=-1', 'limit=1e3', 'limit=0x10', 'limit='].map((query) => [query, 'limit']),
        ...['skip=-1', 'skip=1e3', 'skip=0x10', 'skip=', 'skip=1&skip=2'].map((query) => [query, 'skip']),
        ['skip=100001', 'cursor'],
        [`skip=${'9'.repeat(30)}`, 'cursor'],
        ['cursor=abc', 'cursor'],
      ].map(([query, field]) => [list, query!, field!] as const),
    ),
  )('lead/%s?%s is refused, naming %s', async (list, query, field) => {
    expect(await refused(`/demo/lead/${list}?${GROUP}&${query}`)).toEqual([400, field])
  })

  it('lead/export: 202, the sentence in Spanish or English, and the same export while it is in flight', async () => {
    const path = `/demo/lead/export?${GROUP}&exportType=csv&bot=asistente`
    const { status, body } = await api.get(path)
    expect([status, Object.keys(body as object)]).toEqual([202, ['message', 'exportId', 'statusUrl']])
    expect(body.message).toBe('Te enviaremos un email en cuanto se termine de procesar el listado')
    const again = await api.get(path, { 'Accept-Language': 'en' })
    expect(again.body).toEqual({ ...body, message: expect.stringMatching(/^We will send you an email/) })
    const Authorization = `Bearer ${demo.key}`
    const head = await fetch(`${context.config.PUBLIC_URL}/api/v1${path}`, {
      method: 'HEAD',
      headers: { Authorization },
    })
    expect(head.status).toBe(405)
  })

  it('archive/list: the four models are at the root, in the shape of the seed', async () => {
    const { status, body } = await api.get('/demo/archive/list?format=csv&prefix=')
    expect([status, body.objects]).toEqual([
      200,
      ['funnels', 'leads', 'messageUsers', 'messages'].map((prefix) => ({ prefix, complete: `${prefix}/` })),
    ])
    const pages = await walk(api, '/demo/archive/list?limit=3', next)
    expect(pages.flatMap(({ objects }) => objects as Json[])).toEqual(body.objects)
  })
})
