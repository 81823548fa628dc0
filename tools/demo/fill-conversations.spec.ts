import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '../../test/support/api/client.js'
import { TestContext } from '../../test/support/context.js'
import { type Program, startProgram } from '../../test/support/programs/programs.js'
import { compiled } from '../local-stack/project-root.js'
import { groups } from '../generate/catalog.js'
import { fillConversations, hasConversations } from './fill-conversations.js'
import { fillDemo } from './fill-demo.js'

const CREATED = 20
const PEOPLE = 300

describe("the demo's conversations", () => {
  let context: TestContext
  let gateway: Program
  let folder: string
  let api: { url: string; key: string; codename: string }

  beforeEach(async () => {
    context = await TestContext.create()
    folder = await mkdtemp(join(tmpdir(), 'leadferry-demo-'))
    const { API_KEY: key, CODENAME: codename } = await fillDemo(context.env, folder, CREATED)
    api = { url: `${context.config.PUBLIC_URL}/api/v1`, key, codename }
    gateway = await startProgram('gateway', context.env)
  }, 60_000)
  afterEach(async () => {
    await gateway.stop(10_000)
    await context.close()
    await rm(folder, { recursive: true })
  })

  const fill = () => fillConversations(api, context.env['MIGRATION_DATABASE_URL']!, folder, PEOPLE)
  const state = () => readFile(join(folder, 'demo-conversations.json'), 'utf8')

  async function counts(): Promise<Record<string, number>> {
    const tables = ['leads', 'records', 'message_users', 'interactions', 'messages', 'event_ids']
    const columns = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`)
    const { rows } = await context.testDatabase.superuser.query<Record<string, number>>(
      `SELECT ${columns.join(', ')}`,
    )
    return rows[0]!
  }

  it('come in once: a lead of each person, records that drop off, and nothing at the next start', async () => {
    expect(await hasConversations(folder)).toBe(false)
    await fill()
    const filled = await counts()
    expect(filled).toMatchObject({ leads: CREATED + PEOPLE, message_users: PEOPLE })
    expect(filled['interactions']! + filled['messages']!).toBe(filled['event_ids'])
    expect(await hasConversations(folder)).toBe(true)
    const before = await state()
    await fill()
    expect(await counts()).toEqual(filled)
    expect(await state()).toBe(before)

    const client = new Client(api.url, api.key)
    for (const { funnel, name, steps } of groups) {
      const query = new URLSearchParams({ funnel, funnelGroup: name, limit: '100' })
      const { body } = await client.get(`/demo/lead/records?${query.toString()}`)
      const objects = body.objects as { interaction: { last: string }; user: { extraData: unknown[] } }[]
      const lasts = new Set(objects.map(({ interaction }) => interaction.last))
      expect([...lasts].sort()).toEqual(steps.map(({ interaction }) => interaction).sort())
      expect(objects.some(({ user }) => user.extraData.length > 1)).toBe(true)
    }
  }, 60_000)

  it('are the very same where the first fill was killed and the next one begins anew', async () => {
    await fill()
    const filled = await counts()
    const { end } = JSON.parse(await state()) as { end: string }
    await writeFile(join(folder, 'demo-conversations.json'), JSON.stringify({ end, done: false }))
    await context.testDatabase.superuser.query(`
      WITH gone AS (DELETE FROM messages WHERE occurred_at > $$${end}$$::timestamptz - interval '30 days' RETURNING event_id)
      DELETE FROM event_ids WHERE event_id IN (SELECT event_id FROM gone)`)
    expect((await counts())['messages']).toBeLessThan(filled['messages']!)
    await fill()
    expect(await counts()).toEqual(filled)
  }, 60_000)

  it.each(['ndjson', 'json'])(
    'more of them by npm run generate, as %s, late and doubled: each counts once',
    async (format) => {
      const { code, stdout } = await generate([
        ...['--url', api.url, '--key', api.key, '--codename', 'demo', '--format', format],
        ...['--events', '3000', '--seed', '5', '--late', '0.1', '--duplicates', '0.1'],
      ])
      const [, duplicates] =
        /^[\d,]+ events: 3,000 accepted, (\d+) duplicates, 0 rejected\n[\d.]+ s, [\d,]+ events\/s\n$/.exec(
          stdout,
        )!
      expect(Number(duplicates)).toBeGreaterThan(200)
      expect((await counts())['event_ids']).toBe(3_000)
      expect(code).toBe(0)
    },
    60_000,
  )

  it('in a workspace without the funnels, npm run generate says what is missing', async () => {
    const other = await context.workspace('other')
    const { code, stdout } = await generate([
      ...['--url', api.url, '--key', other.key, '--codename', 'other', '--events', '100', '--seed', '1'],
    ])
    expect(stdout).toMatch(
      /^100 events: 0 accepted, 0 duplicates, 100 rejected\n {2}\d+ × bot: .+ \(evt_.+\)\n/,
    )
    expect(code).toBe(1)
  })
})

function generate(args: string[]) {
  return new Promise<{ code: unknown; stdout: string }>((resolve) => {
    execFile(process.execPath, [compiled('tools/generate/run.js'), ...args], (error, stdout) =>
      resolve({ code: error === null ? 0 : error.code, stdout }),
    )
  })
}
