import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allCases } from './cases/all.js'
import type { Case } from './cases/case.js'
import { archiveRootAnswer, funnelsAnswer, recordsAnswer } from './cases/chat-tonic.answers.js'
import { documented } from './judge.js'
import { runKit } from './kit.js'
import { withoutSecrets } from './secrets.js'
import { count, legend, table } from './table.js'
import type { Target } from './target.js'

interface Reply {
  status: number
  body: string
  contentType?: string
}
const json = (status: number, value: unknown): Reply => ({ status, body: JSON.stringify(value) })

const lead = {
  id: 7,
  created_at: 'x',
  chatbot_owner_user_id: 'u',
  chatbot_id: 'c',
  phone: '1',
  email: 'e',
  name: 'n',
}
const leads = { data: [lead], collectedCustomers: [lead] }
const made = { success: true, data: { id: 'lead_1234567890abcdef', createdAt: '2024-01-15T10:30:00.000Z' } }

/** What the documents show, as a deployment that is right would answer. */
const right: Record<string, Reply> = {
  'POST /api/v1/chatbots/cb_1/leads': json(201, made),
  'GET /api/v1/get-leads': json(200, leads),
  'GET /api/v1/demo/lead/funnels': json(200, documented(funnelsAnswer)),
  'GET /api/v1/demo/lead/records': json(200, documented(recordsAnswer)),
  'GET /api/v1/demo/archive/list': json(200, documented(archiveRootAnswer)),
}

const answered = (text: string): Reply => ({ status: 200, body: text })
const leadsWith = (change: object) => json(200, { ...leads, data: [{ ...lead, ...change }] })
/** A document's example, with a piece of its text in another way. */
const changed = (route: string, from: string, to: string): Reply =>
  answered(right[route]!.body.replaceAll(from, to))

/**
 * A real deployment is right, so that the kit finds it out when one is not is shown on a fake one: a server that
 * answers what it is told to.
 */
describe('the kit', () => {
  let server: Server
  let replies: Record<string, Reply>
  let target: Target

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? '').replace(/\?.*/, '')
      const {
        status,
        body,
        contentType = 'application/json',
      } = replies[`${request.method} ${path}`] ?? json(404, { error: 'Not found' })
      request.resume()
      response.writeHead(status, { 'Content-Type': contentType }).end(body)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/api/v1`
    target = { url, key: 'sk-workspace_secret', chatbot: 'cb_1', codename: 'demo' }
  })
  beforeEach(() => (replies = { ...right }))
  afterAll(() => {
    server.close()
  })

  const chosen = (dialect: string, endpoint: string, runner: string): Case[] =>
    allCases.filter(
      (one) =>
        one.dialect === dialect &&
        one.endpoint === endpoint &&
        one.runner.name === runner &&
        !['no key', 'bad date', 'unknown chatbot'].includes(one.shows),
    )
  const reasonsOf = async (cases: readonly Case[]) =>
    (await runKit(target, cases)).flatMap(({ reasons }) => reasons)

  const getLeads = chosen('Chatbase', 'GET /get-leads', 'http')
  const chatTonic = ['GET /lead/funnels', 'GET /lead/records', 'GET /archive/list'].flatMap((endpoint) =>
    chosen('Chat-Tonic', endpoint, 'http'),
  )

  it('passes what answers as the documents do', async () => {
    const cases = [...getLeads, ...chosen('Chatbase', 'GET /get-leads', 'fetch'), ...chatTonic]
    expect(cases).toHaveLength(7)
    const outcomes = await runKit(target, cases)
    expect(table(outcomes)).not.toContain('FAIL')
    expect(count(outcomes)).toBe('7 passed, 0 failed, 0 skipped')
  })

  const GET_LEADS = 'GET /api/v1/get-leads'
  it.each([
    ['another status', json(202, leads), 'status 202, documented is 200'],
    ['another type', leadsWith({ id: '7' }), 'data[0].id: is "7", of type string'],
    ['a field left out', leadsWith({ email: undefined }), 'data[0].email: is missing'],
    ['the list without its other name', json(200, { data: [lead] }), 'collectedCustomers: is missing'],
    ['no lead', json(200, { ...leads, data: [] }), 'data: is empty, so no item was checked'],
    ['a page', { status: 200, body: '<p>', contentType: 'text/html' }, 'content type "text/html"'],
    ['half a body', answered('{"data":['), 'the body is not JSON'],
  ])('%s is a failure in words', async (_what, reply, said) => {
    replies[GET_LEADS] = reply
    const outcomes = await runKit(target, getLeads)
    expect(outcomes.map(({ result }) => result)).toEqual(['fail'])
    expect(table(outcomes)).toContain(`FAIL`)
    expect(table(outcomes)).toContain(`\n    ${said}`)
  })

  const RECORDS = 'GET /api/v1/demo/lead/records'
  const FUNNELS = 'GET /api/v1/demo/lead/funnels'
  it.each([
    [
      '_id without its underscore',
      RECORDS,
      '"_id"',
      '"id"',
      'objects[0]._id: is missing (not in the document: id)',
    ],
    ['cxt spelled out', RECORDS, '"cxt"', '"context"', 'objects[0].user.extraData[0].cxt: is missing'],
    [
      'a time without milliseconds',
      RECORDS,
      '06.684Z',
      '06Z',
      'objects[0].createdAt: is "2019-09-13T20:29:06Z", not like',
    ],
    [
      'hours as text',
      FUNNELS,
      '"newAt":24',
      '"newAt":"24"',
      'funnels.sacarTarjeta.groups[0].newAt: is "24", of type string',
    ],
    [
      'another limit than was asked for',
      FUNNELS,
      '"limit":10',
      '"limit":100',
      'limit: is 100, the document has 10',
    ],
    [
      'a model that is not there',
      'GET /api/v1/demo/archive/list',
      '"leads"',
      '"lead"',
      'objects: has no {"prefix":"leads"',
    ],
  ])('%s is told of', async (_what, route, from, to, said) => {
    replies[route] = changed(route, from, to)
    expect(await reasonsOf(chatTonic)).toContainEqual(expect.stringContaining(said))
  })

  it('an error that is not the one documented is told of', async () => {
    const create = chosen('Workspace', 'POST /chatbots/{id}/leads', 'curl').filter(
      ({ shows }) => shows === 'taken email',
    )
    const details = { email: 'other@example.com', existingLeadId: 'lead_0', message: 'taken' }
    const body = { success: false, error: 'Email already exists', code: 'DUPLICATE', details }
    // The first one makes the lead, whose email the example then takes.
    let asked = 0
    Object.defineProperty(replies, 'POST /api/v1/chatbots/cb_1/leads', {
      get: () => (asked++ === 0 ? json(201, made) : json(409, body)),
    })
    expect(await reasonsOf(create)).toEqual([
      'code: is "DUPLICATE", the document has "DUPLICATE_EMAIL"',
      expect.stringMatching(/^details\.email: is "other@example\.com", the document has "john\.doe\./),
      'details.existingLeadId: is "lead_0", the document has "lead_1234567890abcdef"',
      expect.stringContaining('details.message: is "taken"'),
    ])
  })

  it('what is missing in the deployment fails the examples that need it, and says so', async () => {
    replies[RECORDS] = json(200, { objects: [] })
    const [reason] = await reasonsOf(chosen('Chat-Tonic', 'GET /lead/export', 'http'))
    expect(reason).toBe('no funnel group of this workspace has a record: lead/records would prove nothing')
    const [needs] = (await runKit({ ...target, codename: undefined }, chatTonic))[0]!.reasons
    expect(needs).toBe('needs --codename')
  })

  it('finds a deployment below a path', async () => {
    replies = Object.fromEntries(
      Object.entries(right).map(([route, reply]) => [route.replace('/api/', '/leads-api/api/'), reply]),
    )
    const below = { ...target, url: target.url.replace('/api/', '/leads-api/api/') }
    const outcomes = await runKit(below, [...getLeads, ...chatTonic])
    expect(outcomes.flatMap(({ reasons }) => reasons)).toEqual([])
  })

  it('a deployment that is not there fails every example', async () => {
    const gone = { ...target, url: 'http://127.0.0.1:1/api/v1' }
    const outcomes = await runKit(gone, chatTonic.slice(0, 1))
    expect(outcomes[0]!.reasons[0]).toContain('could not be asked')
  })

  it('skips what the machine cannot run, with the reason', async () => {
    const [one] = getLeads
    const lacking = { ...one!, runner: { ...one!.runner, missing: () => Promise.resolve('no curl') } }
    const outcomes = await runKit(target, [lacking])
    expect(outcomes).toMatchObject([{ result: 'skipped', reasons: ['no curl'] }])
    expect(count(outcomes)).toBe('0 passed, 0 failed, 1 skipped')
  })

  it('an example that fails on its own is a failure, whatever it was answered', async () => {
    const [one] = chosen('Chatbase', 'GET /get-leads', 'fetch')
    const outcomes = await runKit(target, [{ ...one!, text: `${one!.text}\nprocess.exitCode = 3` }])
    expect(outcomes[0]!.reasons).toEqual([expect.stringMatching(/^ended with 3/)])
  })

  it('shows no key', async () => {
    replies[GET_LEADS] = answered(`"${target.key}"`)
    const outcomes = withoutSecrets(await runKit(target, getLeads), target)
    const report = table(outcomes) + legend(outcomes)
    expect(report).toContain('Bearer sk-workspace_…')
    expect(report).not.toContain('sk-workspace_s')
  })
})
