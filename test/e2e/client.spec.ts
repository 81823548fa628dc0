import { type Client, createClient, ExportEndedError, LeadferryError, pages } from '#client'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addLeads } from '../support/samples/leads.js'

const LEADS = 45

describe('the typed client', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let demo: TestWorkspace
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo', 'en')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
    api = createClient({ baseUrl: context.config.PUBLIC_URL, apiKey: demo.key })
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  const failure = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'no error',
      (error: unknown) => error,
    )

  it('exports: creates, waits, downloads, and finds it in the list and in the archive', async () => {
    const accepted = await api.createExport({ body: { dataset: 'leads', format: 'json' } })
    expect(accepted).toMatchObject({ dataset: 'leads', format: 'json', recipient: demo.owner })
    const done = await api.waitForExport(accepted.id)
    expect(done).toMatchObject({ id: accepted.id, state: 'completed' })
    const file = await api.downloadExport({ path: { id: done.id } })
    expect(file.headers.get('content-length')).toBe(String(done.bytes))
    expect(await file.json()).toHaveLength(done.rows)
    expect((await api.listExports()).data.map(({ id }) => id)).toContain(done.id)
    const codename = demo.workspace.codename
    const archived = createClient({ baseUrl: context.config.PUBLIC_URL, apiKey: demo.appToken })
    const { objects } = await archived.listArchive({
      path: { codename },
      query: { format: 'json', prefix: 'exports/all' },
    })
    expect(objects.map(({ complete }) => complete)).toContain(done.archiveName)
    const link = await archived.getArchiveUrl({ path: { codename }, query: { name: done.archiveName ?? '' } })
    expect((await fetch(link.url)).headers.get('content-length')).toBe(String(done.bytes))
  })

  it('creates a lead on both paths, and throws what the API says of one that is there', async () => {
    const body = { name: 'Jane Doe', email: 'jane.doe@example.com', phone: null, metadata: { a: [1] } }
    const { data } = await api.createLead({ path: { chatbotId: demo.chatbot.id }, body })
    expect(data).toMatchObject({ ...body, workspaceId: demo.workspace.id, status: 'new' })
    const error = await failure(api.createWorkspaceLead({ body: { ...body, email: 'JANE.DOE@example.com' } }))
    expect(error).toBeInstanceOf(LeadferryError)
    expect(error).toMatchObject({
      status: 409,
      code: 'DUPLICATE_EMAIL',
      details: { existingLeadId: data.id },
      requestId: expect.stringMatching(/\S/),
      retryAfter: null,
    })
  })

  it('walks a list by pages, each lead once, from wherever the input begins', async () => {
    const seen: number[] = []
    const sizes: number[] = []
    const input = { query: { chatbotId: demo.chatbot.id, page: 1, size: 20, endDate: '2026-06-01' } }
    for await (const { data } of pages(api.getLeads, input)) {
      sizes.push(data.length)
      seen.push(...data.map(({ id }) => id))
    }
    expect(sizes).toEqual([20, 20, 5])
    expect(new Set(seen).size).toBe(LEADS)
    const posted = await api.getLeadsPost({ body: { ...input.query, page: 2 } })
    expect(posted.data.map(({ id }) => id)).toEqual(seen.slice(20, 40))
  })

  it('tells errors of the API, of something before it, and of the network apart', async () => {
    const wrongKey = createClient({
      baseUrl: `${context.config.PUBLIC_URL}/api/v1`,
      apiKey: 'sk-workspace_wrong',
    })
    expect(await failure(wrongKey.listExports())).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    const busy = () =>
      Promise.resolve(new Response('<h1>Busy</h1>', { status: 503, headers: { 'Retry-After': '7' } }))
    const behindProxy = createClient({ baseUrl: 'http://proxy', apiKey: 'x', fetch: busy })
    expect(await failure(behindProxy.listExports())).toMatchObject({
      message: 'HTTP 503',
      code: null,
      details: {},
      retryAfter: 7,
    })
    const nowhere = createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'x' })
    expect(await failure(nowhere.listExports())).toMatchObject({ name: 'TypeError', message: 'fetch failed' })
  })

  it('escapes what a path is given, so that an id can not become another path', async () => {
    const error = await failure(api.getExport({ path: { id: '../leads?x=#' } }))
    expect(error).toMatchObject({ status: 404, code: 'NOT_FOUND', details: { field: 'id' } })
  })

  it('stops waiting for an export that ends otherwise, and when its signal says so', async () => {
    await worker.stop(10_000)
    const { id } = await api.createExport({ body: { dataset: 'leads', format: 'csv' } })
    const impatient = await failure(api.waitForExport(id, { signal: AbortSignal.timeout(400) }))
    expect(impatient).toMatchObject({ name: 'TimeoutError' })
    const waiting = failure(api.waitForExport(id))
    await api.cancelExport({ path: { id } })
    expect(await waiting).toBeInstanceOf(ExportEndedError)
    expect(await waiting).toMatchObject({ message: `The export ${id} is cancelled`, export: { id } })
    worker = await startProgram('worker', context.env)
  })

  it('comes back to wait when it is told to', async () => {
    const { id } = await api.createExport({ body: { dataset: 'leads', format: 'csv' } })
    let refusals = 2
    const limited: typeof fetch = (input, init) =>
      refusals-- > 0
        ? Promise.resolve(new Response('', { status: 429, headers: { 'Retry-After': '0' } }))
        : fetch(input, init)
    const client = createClient({ baseUrl: context.config.PUBLIC_URL, apiKey: demo.key, fetch: limited })
    expect(await client.waitForExport(id)).toMatchObject({ id, state: 'completed' })
    expect(refusals).toBeLessThan(0)
  })
})
