import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { addDueMails } from '../../../../test/support/samples/mails.js'
import { type DeadLetter, type DeadLetterFilter, deadLetterKinds } from './dead-letter.js'
import { DeadLettersService } from './dead-letters.service.js'

const LONG_AGO = '2020-01-01T00:00:00Z'

describe('dead letters', () => {
  let context: TestContext
  let a: TestWorkspace
  let b: TestWorkspace
  let letters: DeadLettersService
  let other: DeadLettersService
  let woken: string[]

  beforeAll(async () => {
    context = await TestContext.create()
    a = await context.workspace('a')
    b = await context.workspace('b')
    // Nobody listens: these tests are about the database alone.
    const waker = { wake: (queue: string) => Promise.resolve(void woken.push(queue)) }
    letters = new DeadLettersService(context.database, waker)
    other = new DeadLettersService(context.database, waker)
  })
  afterAll(() => context.close())
  beforeEach(() => (woken = []))
  afterEach(() => sql('TRUNCATE exports, archive_files, mail_outbox, archive_days'))

  const sql = (text: string, values?: unknown[]) =>
    context.testDatabase.superuser.query<Record<string, string>>(text, values)
  const list = async (filter: DeadLetterFilter = {}): Promise<DeadLetter[]> =>
    (await letters.list(filter, { limit: 100, offset: 0 })).rows
  const failedExports = (of: TestWorkspace, count = 1) => addDueMails(context, of, count, 'export_failed')
  /** Mails of exports that are done. */
  async function failedMails(of: TestWorkspace, count = 1): Promise<string[]> {
    const ids = await addDueMails(context, of, count)
    await sql(
      `UPDATE mail_outbox SET state = 'failed', failed_at = clock_timestamp(), reason = 'mail_refused', reply = 550, attempts = 1
       WHERE export_id = ANY($1)`,
      [ids],
    )
    return ids
  }
  /** Files of exports that are done, which the store has lost. */
  async function missingFiles(of: TestWorkspace, count = 1): Promise<string[]> {
    const ids = await addDueMails(context, of, count)
    await sql(
      `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day,
         export_id, missing_since)
       SELECT workspace_id, format, dataset, 'all', 'exports/all/' || id || '.csv', id, bytes, sha256, 1, now()::date, id,
         clock_timestamp() FROM exports WHERE id = ANY ($1)`,
      [ids],
    )
    return ids
  }
  async function failingDay({ workspace }: TestWorkspace, day: string, failures = 5): Promise<string> {
    const { rows } = await sql(
      `INSERT INTO archive_days (workspace_id, day, failures, started_at, reason, not_before)
       VALUES ($1, $2, $3, clock_timestamp(), 'storage_refused', now() + interval '1 hour') RETURNING id`,
      [workspace.id, day, failures],
    )
    return rows[0]!['id']!
  }

  it('are what failed and stays so, newest first, without an address', async () => {
    const [failed] = await failedExports(a)
    const [unmailed] = await failedMails(b)
    const day = await failingDay(a, '2026-01-01')
    await failingDay(a, '2026-01-02', 4)
    await addDueMails(context, a, 1)
    const found = await list()
    expect(found).toMatchObject([
      { kind: 'archive_day', id: day, workspace: 'a', reason: 'storage_refused', day: '2026-01-01' },
      { kind: 'mail', workspace: 'b', reason: 'mail_refused', exportId: unmailed, attempts: 1 },
      { kind: 'export', id: failed, workspace: 'a', reason: 'timed_out', exportId: failed },
    ])
    expect(JSON.stringify(found)).not.toContain('@')
  })

  it('are chosen by kind, workspace, reason and time', async () => {
    const [first] = await failedExports(a)
    await failedMails(b)
    const since = (await sql('SELECT clock_timestamp()::text AS now')).rows[0]!['now']!
    const [second] = await failedExports(b)
    const ids = async (filter: DeadLetterFilter) => (await list(filter)).map(({ exportId }) => exportId)
    expect(await ids({ kind: 'export' })).toEqual([second, first])
    expect(await ids({ workspaceId: a.workspace.id })).toEqual([first])
    expect(await ids({ reason: 'timed_out', workspaceId: b.workspace.id })).toEqual([second])
    expect(await ids({ since })).toEqual([second])
    expect(await ids({ reason: 'too_large' })).toEqual([])
  })

  it('come in pages that miss none and repeat none', async () => {
    await failedExports(a, 5)
    await failedMails(a, 4)
    await failingDay(a, '2026-01-01')
    const all = (await list()).map(({ kind, id }) => `${kind} ${id}`)
    const paged: string[] = []
    let after: readonly string[] | undefined
    do {
      const { rows, next } = await letters.list({}, { limit: 3, offset: 0, after })
      paged.push(...rows.map(({ kind, id }) => `${kind} ${id}`))
      after = next ?? undefined
    } while (after !== undefined)
    expect(paged).toEqual(all)
    expect(new Set(all).size).toBe(10)
  })

  it('an export that is replayed waits as if it were new; nothing limits how many', async () => {
    const ids = await failedExports(a, 2)
    const [id] = ids
    await sql('UPDATE workspaces SET max_waiting_exports = 1')
    for (const each of ids) await letters.replay('export', each)
    const { rows } = await sql('SELECT state, reason, retries, crashes, finished_at FROM exports')
    const waiting = { state: 'queued', reason: null, retries: 1, crashes: 0, finished_at: null }
    expect(rows).toEqual([waiting, waiting])
    expect(woken).toEqual(['exports', 'exports'])
    await expect(letters.replay('export', id!)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('a mail that is replayed has its three days anew', async () => {
    await failedMails(a)
    await sql(`UPDATE mail_outbox SET tried_since = now() - interval '4 days'`)
    const [letter] = await list()
    await letters.replay('mail', letter!.id)
    const { rows } = await sql(
      `SELECT state, failed_at, reason, tried_since > now() - interval '1 minute' AS anew FROM mail_outbox`,
    )
    expect(rows).toEqual([{ state: 'queued', failed_at: null, reason: null, anew: true }])
    expect(woken).toEqual(['mail'])
  })

  it('a mail about what has changed since is none', async () => {
    await failedMails(a)
    await sql(`UPDATE exports SET state = 'expired'`)
    expect(await list()).toEqual([])
    expect(await letters.replayAll({ since: LONG_AGO })).toEqual({
      export: [],
      mail: [],
      missing_file: [],
      archive_day: [],
    })
  })

  it('a day that is replayed is due at once', async () => {
    const id = await failingDay(a, '2026-01-01')
    await letters.replay('archive_day', id)
    const { rows } = await sql(
      'SELECT state, failures, not_before <= clock_timestamp() AS due FROM archive_days',
    )
    expect(rows).toEqual([{ state: 'due', failures: 0, due: true }])
    expect(woken).toEqual(['archive'])
    expect(await list()).toEqual([])
  })

  it('a file that was lost is made anew by an export of its own, to the same recipient', async () => {
    const [lost] = await missingFiles(a)
    await sql(`UPDATE exports SET filter = '{"status":"new"}', gzip = true, epoch = 2 WHERE id = $1`, [lost])
    const [letter] = await list()
    expect(letter).toMatchObject({ kind: 'missing_file', workspace: 'a', reason: null, exportId: lost })
    await letters.replay('missing_file', letter!.id)
    const request = `dataset, format, gzip, filter, options, request_hash, recipient_name, recipient_email, locale,
      workspace_id, api_key_id`
    const { rows } = await sql(`SELECT ${request} FROM exports`)
    expect(rows).toHaveLength(2)
    expect(rows[1]).toEqual(rows[0])
    const anew = await sql(
      `SELECT state, epoch, accepted_at > now() - interval '1 minute' AS now FROM exports WHERE id <> $1`,
      [lost],
    )
    expect(anew.rows).toEqual([{ state: 'queued', epoch: 0, now: true }])
    expect(woken).toEqual(['exports'])
    expect(await list()).toEqual([])
    await expect(letters.replay('missing_file', letter!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('two operators who replay lost files replay each once', async () => {
    await missingFiles(a, 600)
    const filter = { since: LONG_AGO, kind: 'missing_file' } as const
    const both = await Promise.all([letters, other].map((one) => one.replayAll(filter)))
    expect(both.flatMap(({ missing_file: ids }) => ids)).toHaveLength(600)
    expect((await sql(`SELECT FROM exports WHERE state = 'queued'`)).rowCount).toBe(600)
  })

  it('two operators who replay all at once replay each once', async () => {
    const ids = await failedExports(a, 1200)
    const both = await Promise.all([letters, other].map((one) => one.replayAll({ since: LONG_AGO })))
    expect(both.flatMap(({ export: replayed }) => replayed).sort()).toEqual([...ids].sort())
    const { rows } = await sql('SELECT DISTINCT retries FROM exports')
    expect(rows).toEqual([{ retries: 1 }])
    // A handful by each, however many batches there were.
    expect(woken.length).toBeLessThanOrEqual(10)
    expect(await letters.replayAll({ since: LONG_AGO })).toMatchObject({ export: [] })
  })

  it('a replay of all keeps to its filter, and leaves the mail of what it replays', async () => {
    const [timedOut] = await failedExports(a)
    const [tooLarge] = await failedExports(a)
    await sql(`UPDATE exports SET reason = 'too_large' WHERE id = $1`, [tooLarge])
    await sql(
      `UPDATE mail_outbox SET state = 'failed', failed_at = clock_timestamp(), reason = 'mail_refused'`,
    )
    const filter = { since: LONG_AGO, workspaceId: a.workspace.id }
    expect(await letters.replayAll({ ...filter, reason: 'timed_out' })).toMatchObject({
      export: [timedOut],
      mail: [],
    })
    expect(await letters.replayAll(filter)).toMatchObject({ export: [tooLarge], mail: [] })
  })

  it('what is dismissed comes back only when it ends badly anew', async () => {
    const [id] = await failedExports(a)
    await failedMails(a)
    await missingFiles(a)
    const day = await failingDay(a, '2026-01-01')
    for (const letter of await list()) await letters.dismiss(letter.kind, letter.id)
    expect(await list()).toEqual([])
    await expect(letters.dismiss('export', id!)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(letters.replay('archive_day', day)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await sql(
      `UPDATE exports SET finished_at = clock_timestamp() WHERE state = 'failed';
       UPDATE mail_outbox SET failed_at = clock_timestamp() WHERE state = 'failed';
       UPDATE archive_files SET missing_since = clock_timestamp();
       UPDATE archive_days SET built_at = clock_timestamp()`,
    )
    expect((await list()).map(({ kind }) => kind).sort()).toEqual([
      'archive_day',
      'export',
      'mail',
      'missing_file',
    ])
  })

  it.each(['', 'nope', '0', "' OR 1=1 --"])('%p is no dead letter', async (id) => {
    await failedMails(a)
    for (const kind of deadLetterKinds) {
      await expect(letters.replay(kind, id)).rejects.toMatchObject({ details: { field: 'id' } })
      await expect(letters.dismiss(kind, id)).rejects.toMatchObject({ details: { field: 'id' } })
    }
  })
})
