import { parse } from 'csv-parse/sync'
import pg from 'pg'
import type { Evidence, Finding } from './evidence.js'
import { invariants } from './invariants.js'
import { doubledMails } from './one-mail-per-ending.js'
import { Damage, type Undo } from './testing/damage.js'
import { type SmallWorld, startSmallWorld } from './testing/small-world.js'

/** What is expected of one finding: its invariant and what it says. */
type Expected = [invariant: string, says: RegExp]

describe('the invariants of a small world', () => {
  let world: SmallWorld
  let damage: Damage

  beforeAll(async () => {
    world = await startSmallWorld()
    damage = new Damage(world.evidence, world.context.mailbox.smtpUrl)
  }, 120_000)
  afterAll(async () => {
    damage.close()
    await world.close()
  })

  async function findings(change: Partial<Evidence> = {}): Promise<Finding[]> {
    const evidence = { ...world.evidence, ...change }
    return (await Promise.all(invariants.map((invariant) => invariant.check(evidence)))).flat()
  }

  /** That what is found is what is expected, all about the same export, and nothing once it is taken back. */
  async function finds(undo: Undo | undefined, about: string | null, ...expected: Expected[]): Promise<void> {
    const found = await findings()
    await undo?.()
    expectExactly(found, about, expected)
    if (undo !== undefined) expect(await findings()).toEqual([])
  }

  function expectExactly(found: Finding[], about: string | null, expected: Expected[]): void {
    expect(found).toEqual(
      expected.map(([invariant, says]) => ({
        invariant,
        exportId: about,
        says: expect.stringMatching(says) as string,
      })),
    )
  }

  const requested = (n: number) => world.ids.requested[n]!
  /** A csv with other rows, the header among them. */
  const csv =
    (change: (rows: string[][]) => string[][]) =>
    (bytes: Buffer): Buffer => {
      const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
      return Buffer.from(
        change(parse(bytes))
          .map((row) => `${row.map(quoted).join(',')}\n`)
          .join(''),
      )
    }
  /** In the first row below the header. */
  const cell = (column: string, value: string) =>
    csv(([header, first, ...rest]) => [
      header!,
      first!.map((old, n) => (header![n] === column ? value : old)),
      ...rest,
    ])

  it('find nothing where nothing is wrong, in files that hold something', async () => {
    expect(await findings()).toEqual([])
    expect(await doubledMails(world.evidence)).toBe(0)
    const { rows } = await world.evidence.superuser.query<{ state: string; rows: string }>(
      `SELECT state, count(*) AS n, min(rows_done)::int AS rows FROM exports GROUP BY state ORDER BY state`,
    )
    expect(rows).toMatchObject([
      { state: 'cancelled', n: '1' },
      { state: 'completed', n: '9' },
      { state: 'failed', n: '1' },
    ])
    expect(rows[1]!.rows).toBeGreaterThan(0)
  })

  describe('ends-once', () => {
    it.each([
      ['has not ended', `state = 'queued'`, /it is queued/],
      [
        'failed for no reason that a fault explains',
        `reason = 'internal_error'`,
        /because of internal_error/,
      ],
    ])('an export that %s', async (_, set, says) => {
      const { failed } = world.ids
      const undo = await damage.sql(
        `UPDATE exports SET ${set} WHERE id = '${failed}'`,
        `UPDATE exports SET state = 'failed', reason = 'storage_unavailable' WHERE id = '${failed}'`,
      )
      const more: Expected[] = set.includes('queued')
        ? [
            ['one-mail-per-ending', /1 mails are in the outbox for export_failed 0, which did not happen/],
            ['one-mail-per-ending', /1 different mails export_failed were delivered for 0 endings/],
          ]
        : []
      await finds(undo, failed, ['ends-once', says], ...more)
    })

    it('what clients were told and is not so', async () => {
      const [first, ...rest] = world.evidence.accepted
      const lost = { ...first!, id: 'exp_0000000000000000' }
      expectExactly(await findings({ accepted: [first!, ...rest, lost] }), lost.id, [
        ['ends-once', /not in the database/],
      ])
      expectExactly(await findings({ accepted: rest }), first!.id, [['ends-once', /nobody was told of it/]])
      const other = { ...first!, format: 'xlsx', cancelled: true }
      expectExactly(await findings({ accepted: [...rest, other] }), other.id, [
        ['ends-once', /with format xlsx and has csv/],
        ['ends-once', /was cancelled .* and is completed/],
      ])
    })
  })

  describe('files-are-whole', () => {
    const link: Expected = ['mailed-links-give-the-file', /another checksum/]

    it('a byte that is another', async () => {
      const undo = await damage.object(requested(0), (bytes) => {
        const changed = Buffer.from(bytes)
        const at = changed.indexOf('p3')
        changed[at + 1] = changed[at + 1]! ^ 1
        return changed
      })
      await finds(undo, requested(0), ['files-are-whole', /its object's checksum is/], link)
    })

    it('an object that is cut', async () => {
      const undo = await damage.object(requested(0), (bytes) =>
        bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length - 2) + 1),
      )
      await finds(
        undo,
        requested(0),
        ['files-are-whole', /its object has \d+ bytes, the index says \d+/],
        ['files-are-whole', /its object's checksum is/],
        ['files-are-whole', /its file has 40 rows, the index says 41/],
        ['files-are-whole', /1 of the 41 rows it should have are missing/],
        link,
      )
    })

    it('an object that is gone', async () => {
      const undo = await damage.object(requested(0), () => null)
      await finds(
        undo,
        requested(0),
        ['files-are-whole', /not there/],
        ['mailed-links-give-the-file', /answers 404/],
        ['nothing-left-behind', /the index has what the bucket has not/],
      )
    })

    it.each([
      ['csv', 0],
      ['xlsx', 1],
      ['csv', 2],
      ['json', 3],
      ['ndjson', 4],
    ])('a file that is no whole %s (%d), though the index has its checksum', async (format, n) => {
      const undo = await damage.file(requested(n), (bytes) => bytes.subarray(0, bytes.length - 30), 0)
      await finds(undo, requested(n), ['files-are-whole', new RegExp(`is no (gzipped )?${format}: `)])
    })

    it.each([
      [
        'missing',
        (all: string[][]) => [...all.slice(0, 3), ...all.slice(4)],
        -1,
        /1 of the 41 rows it should have are missing/,
      ],
      [
        'twice in it',
        (all: string[][]) => [...all.slice(0, 3), ...all.slice(2)],
        1,
        /1 of its 42 rows should not be in it/,
      ],
    ])('a row that is %s', async (_, change, rows, says) => {
      const undo = await damage.file(requested(0), csv(change), rows)
      await finds(undo, requested(0), ['files-are-whole', says])
    })

    it('rows of another tenant, one for one', async () => {
      const { rows } = await world.evidence.superuser.query<{ account: string }>(
        `SELECT account_id AS account FROM leads WHERE workspace_id = $1 LIMIT 1`,
        [world.other.workspace.id],
      )
      const undo = await damage.file(requested(0), cell('account_id', rows[0]!.account), 0)
      await finds(undo, requested(0), ['files-are-whole', /nothing of another tenant: 1 rows/])
    })

    it('rows of two moments', async () => {
      const { versions } = world.ids
      const undo = await damage.file(versions, cell('metadata.version', '6'), 0)
      await finds(undo, versions, [
        'files-are-whole',
        /not of one moment: 1 rows of version 6, 99 rows of version 7/,
      ])
    })

    it('rows that came in after it was accepted', async () => {
      const late = (sign: string) =>
        `UPDATE messages SET ingested_at = ingested_at ${sign} interval '1 day' WHERE id = (
           SELECT min(m.id) FROM messages m JOIN workspaces w ON w.id = m.workspace_id WHERE w.codename = 'demo')`
      const undo = await damage.sql(late('+'), late('-'))
      const found = await findings()
      await undo()
      expect(found.map(({ exportId, says }) => [exportId, says.replace(/e\.g.*/, '')])).toEqual([
        [requested(5), '1 of its 40 rows should not be in it or are in it twice, '],
        [requested(6), 'its file has 40 rows, the database 39'],
      ])
    })

    it('an index that says something else, or nothing', async () => {
      const id = requested(0)
      const undo = await damage.sql(
        `UPDATE archive_files SET sha256 = reverse(sha256), rows = rows + 1 WHERE export_id = '${id}'`,
        `UPDATE archive_files SET sha256 = reverse(sha256), rows = rows - 1 WHERE export_id = '${id}'`,
      )
      await finds(
        undo,
        id,
        ['files-are-whole', /the index says rows 42, the export 41/],
        ['files-are-whole', /the index says sha256/],
        ['files-are-whole', /its object's checksum is/],
        ['files-are-whole', /its file has 41 rows, the index says 42/],
      )
      const unlisted = await damage.sql(
        `UPDATE archive_files SET export_id = NULL WHERE export_id = '${id}'`,
        `UPDATE archive_files SET export_id = '${id}' WHERE name LIKE '%${id}%'`,
      )
      await finds(unlisted, id, ['files-are-whole', /0 rows are in the archive index, not one/])
    })
  })

  describe('nothing-left-behind', () => {
    it('an object that nobody knows', async () => {
      const undo = await damage.extraObject(`${requested(0)}-9/archive/demo/csv/exports/all/x.csv`)
      await finds(undo, requested(0), ['nothing-left-behind', /an object that the index does not have/])
    })

    it('an upload that was left open', async () => {
      const undo = await damage.openUpload('day_0000000000000000-1/archive/x')
      await finds(undo, null, ['nothing-left-behind', /neither completed nor aborted: day_/])
    })

    it.each([
      [
        'an upload intent',
        `INSERT INTO upload_intents (object_key, holder, epoch) VALUES ('k', '$id', 3)`,
        `DELETE FROM upload_intents`,
        /intent of epoch 3/,
      ],
      [
        'the lease of a mail',
        `UPDATE mail_outbox SET lease_until = now() WHERE export_id = '$id'`,
        `UPDATE mail_outbox SET lease_until = NULL`,
        /the lease of its mail/,
      ],
    ])('%s', async (_, sql, undo, says) => {
      const id = requested(0)
      await finds(await damage.sql(sql.replace('$id', id), undo), id, ['nothing-left-behind', says])
    })

    it('an export that runs with a lease', async () => {
      const { cancelled } = world.ids
      const undo = await damage.sql(
        `UPDATE exports SET state = 'running', lease_until = now() WHERE id = '${cancelled}'`,
        `UPDATE exports SET state = 'cancelled', lease_until = NULL WHERE id = '${cancelled}'`,
      )
      await finds(
        undo,
        cancelled,
        ['ends-once', /was cancelled .* and is running/],
        ['ends-once', /it is running/],
        ['nothing-left-behind', /its lease is held/],
      )
    })

    it('an expired export that is still listed', async () => {
      const id = requested(0)
      const undo = await damage.sql(
        `UPDATE exports SET state = 'expired' WHERE id = '${id}'`,
        `UPDATE exports SET state = 'completed' WHERE id = '${id}'`,
      )
      await finds(undo, id, ['nothing-left-behind', /is expired and still in the archive as exports/])
    })

    it('a transaction that nobody ends', async () => {
      const client = new pg.Client({ connectionString: world.context.env['DATABASE_URL'] })
      await client.connect()
      await client.query('BEGIN')
      await finds(async () => client.end(), null, ['nothing-left-behind', /are idle after BEGIN/])
    })
  })

  describe('logs-tell-no-secrets', () => {
    const log = (process: string, ...more: string[]) => ({
      logs: new Map([...world.evidence.logs, [process, ['{"msg":"one"}', ...more, '{"msg":"cut']]]),
    })

    it('a line cut by a kill, and what others print, may be no JSON', async () => {
      expect(await findings({ ...log('worker-2'), ...log('postgres', 'ready') })).toEqual([])
    })

    it.each<[string, () => string, RegExp]>([
      ['an address', () => world.evidence.addresses[0]!, /line 2 of worker-2 has an address$/],
      ['a secret', () => world.evidence.secrets.at(-1)!, /line 2 of worker-2 has a secret$/],
      ['an API key of whomever', () => `sk-workspace_${'x1'.repeat(15)}`, /has what looks like a token$/],
      ['an app token of whomever', () => `app_${'x1'.repeat(15)}`, /has what looks like a token$/],
    ])('%s in a line', async (_, text, says) => {
      const line = JSON.stringify({ msg: `so: ${text()}` })
      expectExactly(await findings(log('worker-2', line)), null, [['logs-tell-no-secrets', says]])
    })

    it("a mailed link's token, and a line that is no JSON", async () => {
      const list = (await (await fetch(`${world.evidence.mailbox.url}/api/messages`)).json()) as {
        id: string
      }[]
      const mail = await (await fetch(`${world.evidence.mailbox.url}/api/messages/${list.at(-1)!.id}`)).text()
      const token = /\/d\/([\w-]+)/.exec(mail)![1]!
      const found = await findings(log('gateway-2', `GET /d/${token}`))
      expectExactly(found, null, [
        ['logs-tell-no-secrets', /line 2 of gateway-2 has a mailed link's token/],
        ['logs-tell-no-secrets', /line 2 of gateway-2 has no JSON/],
      ])
    })
  })

  // Last: what is delivered can't be taken back, so each is about an export of its own.
  describe('one-mail-per-ending', () => {
    it.each([
      [
        'missing in the outbox',
        (id: string) =>
          `UPDATE mail_outbox SET export_id = '${world.ids.cancelled}' WHERE export_id = '${id}'`,
        (id: string) =>
          `UPDATE mail_outbox SET export_id = '${id}' WHERE export_id = '${world.ids.cancelled}'`,
        [/no mail is in the outbox for export_completed 0/],
        [/1 mails are in the outbox for export_completed 0, which did not happen/],
      ],
      [
        'not sent',
        (id: string) => `UPDATE mail_outbox SET state = 'queued' WHERE export_id = '${id}'`,
        (id: string) => `UPDATE mail_outbox SET state = 'sent' WHERE export_id = '${id}'`,
        [/the mail export_completed 0 is queued after 1 attempts/],
        [],
      ],
    ])('a mail that is %s; nobody is mailed about a cancel', async (_, sql, back, says, ofCancelled) => {
      const id = requested(0)
      const undo = await damage.sql(sql(id), back(id))
      const found = await findings()
      await undo()
      const about = (exportId: string) => found.filter((finding) => finding.exportId === exportId)
      const one = (text: RegExp): Expected => ['one-mail-per-ending', text]
      expectExactly(about(id), id, says.map(one))
      expectExactly(about(world.ids.cancelled), world.ids.cancelled, ofCancelled.map(one))
      expect(found).toHaveLength(says.length + ofCancelled.length)
    })

    it('two mails due for one ending', async () => {
      const id = requested(0)
      const key = 'mail_outbox_export_id_kind_retries_key'
      const undo = await damage.sql(
        `ALTER TABLE mail_outbox DROP CONSTRAINT ${key};
         INSERT INTO mail_outbox (workspace_id, export_id, kind, state) SELECT workspace_id, id, 'export_completed', 'sent'
         FROM exports WHERE id = '${id}'`,
        `DELETE FROM mail_outbox WHERE id = (SELECT max(id) FROM mail_outbox);
         ALTER TABLE mail_outbox ADD CONSTRAINT ${key} UNIQUE (export_id, kind, retries)`,
      )
      await finds(undo, id, ['one-mail-per-ending', /2 mails are in the outbox for export_completed 0/])
    })

    it('an empty mailbox: each ending misses its mail', async () => {
      const mailbox = { url: `data:application/json,[]#` }
      const found = await findings({ mailbox })
      expect(found).toHaveLength(9 + 2)
      expect(found[0]!.says).toBe('0 different mails export_completed were delivered for 1 endings')
    })

    it('a double is allowed where a second attempt explains it, and counted', async () => {
      const mail = await mailAbout(requested(1))
      await damage.mail({ ...mail, to: world.evidence.addresses[0]! })
      const undo = await damage.sql(
        `UPDATE mail_outbox SET attempts = 1 WHERE export_id = '${requested(1)}'`,
        `UPDATE mail_outbox SET attempts = 2 WHERE export_id = '${requested(1)}'`,
      )
      await finds(undo, requested(1), [
        'one-mail-per-ending',
        /1 mails export_completed were delivered again, and 0 second attempts explain that/,
      ])
      expect(await doubledMails(world.evidence)).toBe(1)
    })

    it('a mail to somebody else, under another Message-ID, and about nothing', async () => {
      const mail = await mailAbout(requested(2))
      await damage.mail({ ...mail, to: 'other@example.com', messageId: '<other@example.com>' })
      await finds(
        undefined,
        requested(2),
        ['one-mail-per-ending', /2 different mails export_completed were delivered for 1 endings/],
        ['one-mail-per-ending', /went to 1 recipients, not to the one it is for/],
      )
      const before = await findings()
      await damage.mail({ to: 'other@example.com', text: 'hello', messageId: '<hello@example.com>' })
      expect((await findings()).slice(before.length)).toMatchObject([
        { exportId: null, says: 'a mail (<hello@example.com>) speaks of no export that there is' },
      ])
    })
  })

  async function mailAbout(exportId: string): Promise<{ text: string; messageId: string }> {
    const { url } = world.evidence.mailbox
    const list = (await (await fetch(`${url}/api/messages`)).json()) as { id: string }[]
    for (const { id } of list) {
      const mail = (await (await fetch(`${url}/api/messages/${id}`)).json()) as {
        text: string
        headers: Record<string, string>
      }
      if (mail.text.includes(exportId)) return { text: mail.text, messageId: mail.headers['message-id']! }
    }
    throw new Error(`no mail about ${exportId}`)
  }
})
