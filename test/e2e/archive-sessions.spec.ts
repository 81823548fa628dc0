import { createHash } from 'node:crypto'
import { KeysService, SessionsService } from '#tenancy'
import { freePort } from '../../tools/local-stack/ports.js'
import { ArchiveVisitor } from '../support/archives/archive-visitor.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

describe('a session of the archive pages', () => {
  let context: TestContext
  let gateways: Program[]
  let second: string
  let demo: TestWorkspace
  let keys: KeysService

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    keys = new KeysService(context.database)
    const PORT = String(await freePort())
    second = `http://127.0.0.1:${PORT}`
    const beside = { ...context.env, PORT, ADMIN_PORT: String(await freePort()) }
    gateways = [await startProgram('gateway', context.env), await startProgram('gateway', beside)]
  }, 60_000)
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop(10_000)
    await context.close()
  })

  const visitor = () => new ArchiveVisitor(context.config.PUBLIC_URL)
  async function loggedIn(): Promise<ArchiveVisitor> {
    const person = visitor()
    expect((await person.login(demo.appToken)).status).toBe(303)
    return person
  }
  const issue = () =>
    keys.issue(demo.workspace.id, { kind: 'app_token', ownerName: 'x', ownerEmail: 'x@example.com' })

  it('ends by logging out, for a copy of the cookie too, on every gateway', async () => {
    const [person, copy] = [await loggedIn(), visitor()]
    const another = await loggedIn()
    copy.cookie = person.cookie
    const elsewhere = new ArchiveVisitor(second)
    elsewhere.cookie = person.cookie
    expect([(await copy.get('/archives')).status, (await elsewhere.get('/archives')).status]).toEqual([
      200, 200,
    ])
    await person.post('/archives/logout', {})
    for (const thief of [copy, elsewhere]) {
      expect((await thief.get('/archives')).headers['location']).toBe('/archives/login?ended=1')
      expect(thief.cookie).toBe('')
    }
    expect((await another.get('/archives')).status).toBe(200)
  })

  it('ends every session of the token at once where that is asked for, and of no other', async () => {
    const { token } = await issue()
    const people = [visitor(), visitor()]
    for (const person of people) await person.login(token)
    const other = await loggedIn()
    const { status, headers } = await people[0]!.post('/archives/logout/everywhere', {})
    expect([status, headers['location'], people[0]!.cookie]).toEqual([303, '/archives/login', ''])
    expect((await people[1]!.get('/archives')).headers['location']).toBe('/archives/login?ended=1')
    expect((await other.get('/archives')).status).toBe(200)
    expect((await people[1]!.login(token)).status).toBe(303)
  })

  it('ends the session that the browser had when it logs in again', async () => {
    const person = await loggedIn()
    const copy = visitor()
    copy.cookie = person.cookie
    await person.login(demo.appToken)
    expect((await copy.get('/archives')).headers['location']).toBe('/archives/login?ended=1')
  })

  it('keeps a hash of the cookie, and nothing of it once the token is revoked or it has expired', async () => {
    const { superuser } = context.testDatabase
    const { id, token } = await issue()
    const person = visitor()
    await person.login(token)
    const value = person.cookie.split('=')[1]!
    const rows = async () =>
      (
        await superuser.query<{ hash: Buffer }>('SELECT hash FROM archive_sessions WHERE api_key_id = $1', [
          id,
        ])
      ).rows.map(({ hash }) => hash.toString('hex'))
    expect(await rows()).toEqual([createHash('sha256').update(value).digest('hex')])
    await superuser.query(
      `UPDATE archive_sessions SET expires_at = now() - interval '1 second' WHERE api_key_id = $1`,
      [id],
    )
    expect((await person.get('/archives')).headers['location']).toBe('/archives/login?ended=1')
    const sessions = new SessionsService(context.database, keys)
    expect(await sessions.forgetExpired()).toBe(1)
    await person.login(token)
    expect(await rows()).toHaveLength(1)
    await keys.revoke(demo.workspace.id, id)
    expect(await rows()).toEqual([])
  })

  it('keeps the newest thousand sessions of a token', async () => {
    const { superuser } = context.testDatabase
    const { id, token } = await issue()
    await superuser.query(
      `INSERT INTO archive_sessions (hash, workspace_id, api_key_id, created_at, expires_at)
       SELECT sha256(n::text::bytea), $1, $2, now() - n * interval '1 second', now() + interval '1 hour'
       FROM generate_series(1, 1000) n`,
      [demo.workspace.id, id],
    )
    const person = visitor()
    await person.login(token)
    const { rows } = await superuser.query(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE hash = sha256('1000')) AS oldest
       FROM archive_sessions WHERE api_key_id = $1`,
      [id],
    )
    expect(rows).toEqual([{ all: 1000, oldest: '0' }])
    expect((await person.get('/archives')).status).toBe(200)
  })

  it('counts as a request of its token when it begins', async () => {
    const PORT = String(await freePort())
    const own = { PORT, ADMIN_PORT: String(await freePort()), RATE_LIMIT_PER_MINUTE: '3' }
    const limited = await startProgram('gateway', { ...context.env, ...own })
    const { token } = await issue()
    const answers = []
    for (let n = 0; n < 8; n++)
      answers.push(await new ArchiveVisitor(`http://127.0.0.1:${PORT}`).login(token))
    await limited.stop(10_000)
    const refused = answers.filter(({ status }) => status === 429)
    // The attempts fall into two windows of a minute at most.
    expect(refused.length).toBeGreaterThanOrEqual(2)
    expect(refused[0]!.headers['retry-after']).toMatch(/^\d+$/)
    expect(refused[0]!.headers['content-type']).toBe('text/html; charset=utf-8')
  })
})
