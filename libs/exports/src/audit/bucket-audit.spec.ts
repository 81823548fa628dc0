import { type ListedObject, Metrics, newExportId, ObjectStore } from '#core'
import { ageStore } from '../../../../test/support/store/aged-store.js'
import { ArchiveKit } from '../../../../test/support/archives/archive-kit.js'
import type { TestWorkspace } from '../../../../test/support/context.js'
import { addVisit } from '../../../../test/support/samples/day.js'
import { BucketAudit } from './bucket-audit.service.js'
import { BucketMetrics } from '../metrics/bucket-metrics.js'
import { inBatches } from './in-batches.js'

const nothing = { sound: 0, expected: 0, young: 0, lost: 0, foreign: 0, missing: 0, found: 0, uploads: 0 }
const never = new AbortController().signal

describe('BucketAudit, on a real bucket and a real index', () => {
  let kit: ArchiveKit
  let store: ObjectStore
  let demo: TestWorkspace
  let metrics: Metrics
  let bucketMetrics: BucketMetrics

  beforeAll(async () => {
    kit = await ArchiveKit.start()
    store = new ObjectStore(kit.context.config)
    demo = await kit.context.workspace('demo')
  }, 60_000)
  beforeEach(() => {
    metrics = new Metrics()
    bucketMetrics = new BucketMetrics(metrics, kit.context.database)
  })
  afterEach(async () => {
    for await (const batch of inBatches(store.objects(), 50))
      await Promise.all(batch.map(({ key }) => store.delete(key)))
    for await (const { key, uploadId } of store.uploads()) await store.abortUpload(key, uploadId)
    await kit.sql('DELETE FROM archive_files; DELETE FROM upload_intents; DELETE FROM exports')
    await kit.forget()
  })
  afterAll(async () => {
    store.close()
    await kit.close()
  })

  const run = (bucket = store, signal = never) =>
    new BucketAudit(kit.context.database, bucket, bucketMetrics).run(signal)
  const missing = async () =>
    (
      await kit.sql(
        `SELECT export_id AS "exportId", missing_since::text AS since FROM archive_files WHERE missing_since IS NOT NULL ORDER BY 1`,
      )
    ).rows
  const put = (key: string, body = 'x') => store.put(key, Buffer.from(body), 'text/plain')
  const intents = async () =>
    (await kit.sql('SELECT object_key FROM upload_intents ORDER BY 1')).rows.map((row) => row['object_key'])

  /** An export whose file is there: in the index with so many bytes, and in the store. */
  async function exported(bytes = 1, id = newExportId()): Promise<{ id: string; key: string }> {
    const key = `${id}-1/archive/demo/csv/exports/all/2026-01-01-${id}.csv`
    await kit.sql(
      `INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, filter, options, request_hash, recipient_name,
         recipient_email, locale, state, epoch, bytes, sha256, object_key, expires_at)
       SELECT $1, $2, k.id, 'leads', 'csv', '{}', '{}', '', '', '', 'es', 'completed', 1, $4, '', $3, now() + interval '1 d'
       FROM api_keys k WHERE k.workspace_id = $2 LIMIT 1`,
      [id, demo.workspace.id, key, bytes],
    )
    await kit.sql(
      `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day, export_id)
       VALUES ($1, 'csv', 'leads', 'all', $2, $3, $4, '', 1, '2026-01-01', $5)`,
      [demo.workspace.id, `exports/all/2026-01-01-${id}.csv`, key, bytes, id],
    )
    await put(key, 'x'.repeat(bytes))
    return { id, key }
  }

  /** A store that does something of its own when it is listed, or asked for one object. */
  class Meddled extends ObjectStore {
    constructor(private readonly more: Partial<Pick<ObjectStore, 'objects' | 'size'>>) {
      super(kit.context.config)
    }
    override objects = this.more.objects ?? ((signal?: AbortSignal) => super.objects(signal))
    override size = this.more.size ?? ((key: string) => super.size(key))
  }

  it('thousands that agree, in many pages: nothing to do', async () => {
    await kit.sql(
      `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day)
       SELECT $1, 'csv', 'leads', 'a', 'leads/a/' || n, 'day_' || lpad(to_hex(n * 7919 % 10007), 16, '0') || '-' || n || '/x', 1, '', 1, '2026-01-01'
       FROM generate_series(1, 2200) n`,
      [demo.workspace.id],
    )
    const { rows } = await kit.sql('SELECT object_key AS key FROM archive_files')
    for (let at = 0; at < rows.length; at += 50)
      await Promise.all(rows.slice(at, at + 50).map((row) => put(row['key']!)))
    expect(await run()).toEqual({ ...nothing, sound: 2200 })

    // And a hole in each page is found, and nothing else.
    const gone = rows.map((row) => row['key']!).filter((_, index) => index % 400 === 0)
    for (const key of gone) await store.delete(key)
    expect(await run()).toEqual({ ...nothing, sound: 2200 - gone.length, missing: gone.length })
    const { text } = await metrics.exposition()
    expect(text).toContain(`leadferry_index_missing_files ${gone.length}`)
    expect(text).toContain(`leadferry_bucket_objects{kind="sound"} ${2200 - gone.length}`)
  }, 60_000)

  it('an object of ours that nobody knows of is removed once it is a day old', async () => {
    const { id, key } = await exported()
    const lost = key.replace('-1/', '-7/')
    await put(lost)
    expect(await run()).toEqual({ ...nothing, sound: 1, young: 1 })
    await ageStore(kit.context)
    expect(await run()).toEqual({ ...nothing, sound: 1, lost: 1 })
    expect((await kit.sql('SELECT holder, epoch FROM upload_intents')).rows).toEqual([
      { holder: id, epoch: 7 },
    ])
    await kit.cleanup.removeLostUploads()
    expect(await kit.storedKeys()).toEqual([key])
  })

  it('what is not ours is counted and left alone, whatever its name', async () => {
    const { key } = await exported()
    const foreign = [
      'leadferry-instance.json',
      'backups/2026.tar',
      'a b+c%20d.txt',
      'ñandú/😀～.txt',
      'control\u0001.txt',
      // Of another installation, or of a time that this database has not seen.
      'exp_ffffffffffffffff-1/archive/demo/csv/exports/all/x.csv',
      'day_ffffffffffffffff-1/archive/demo/csv/leads/x.zip',
    ]
    for (const name of foreign) await put(name)
    await store.createUpload('exp_ffffffffffffffff-2/x', 'text/plain')
    await store.createUpload('backups/next.tar', 'text/plain')
    await ageStore(kit.context)
    expect(await run()).toEqual({ ...nothing, sound: 1, foreign: foreign.length })
    expect(await intents()).toEqual([])
    expect(await kit.storedKeys()).toEqual([...foreign, key].sort())
  })

  it('an object that is being made, or about to be removed, is expected', async () => {
    const { id, key } = await exported()
    const next = key.replace('-1/', '-2/')
    await put(next)
    await kit.sql('INSERT INTO upload_intents (holder, epoch, object_key) VALUES ($1, 2, $2)', [id, next])
    await ageStore(kit.context)
    expect(await run()).toEqual({ ...nothing, sound: 1, expected: 1 })
  })

  it('an upload in progress that nobody works at is ended once it is a day old', async () => {
    const { id, key } = await exported()
    const [known, unknown] = [key.replace('-1/', '-2/'), key.replace('-1/', '-3/')]
    for (const upload of [known, unknown, unknown]) await store.createUpload(upload, 'text/plain')
    await kit.sql('INSERT INTO upload_intents (holder, epoch, object_key) VALUES ($1, 2, $2)', [id, known])
    expect(await run()).toEqual({ ...nothing, sound: 1 })
    await ageStore(kit.context)
    expect(await run()).toEqual({ ...nothing, sound: 1, uploads: 2 })
    const left: string[] = []
    for await (const upload of store.uploads()) left.push(upload.key)
    expect(left).toEqual([known])
  })

  it('an export’s file that is gone, or has another size, is kept, told of, and comes back by itself', async () => {
    const [gone, cut, whole] = [await exported(5), await exported(5), await exported(5)]
    await store.delete(gone.key)
    await put(cut.key, 'xx')
    expect(await run()).toEqual({ ...nothing, sound: 1, missing: 2 })
    const told = await missing()
    expect(told.map((file) => file['exportId'])).toEqual([gone.id, cut.id].sort())
    expect(await run()).toEqual({ ...nothing, sound: 1, missing: 2 })
    expect(await missing()).toEqual(told)

    await put(gone.key, 'xxxxx')
    expect(await run()).toEqual({ ...nothing, sound: 2, missing: 1, found: 1 })
    expect((await missing()).map((file) => file['exportId'])).toEqual([cut.id])
    expect(await kit.storedKeys()).toEqual([gone.key, cut.key, whole.key].sort())
  })

  it('a daily archive that is gone is built anew', async () => {
    const shop = await kit.workspace()
    await addVisit(kit.context, shop, await kit.implicit(shop), '2025-05-01T12:00:00Z')
    await kit.ask(shop, '2025-05-01')
    expect(await kit.buildAll()).toEqual(['built'])
    const before = await kit.listed(shop)
    await store.delete(before[0]!.objectKey)
    expect(await run()).toMatchObject({ sound: before.length - 1, missing: 1 })
    expect(await kit.table(shop)).toMatchObject([{ day: '2025-05-01', state: 'due' }])
    expect(await kit.buildAll()).toEqual(['built'])
    expect(await missing()).toEqual([])
    for (const file of await kit.listed(shop)) expect(await kit.contentOf(file)).not.toEqual([])
    expect(await run()).toMatchObject({ missing: 0, sound: before.length })
  })

  describe('while it runs', () => {
    it('a file that was finished after the bucket was listed is no missing one', async () => {
      await exported()
      const late = new Meddled({
        async *objects() {
          const listed: ListedObject[] = []
          for await (const object of store.objects()) listed.push(object)
          await exported()
          yield* listed
        },
      })
      expect(await run(late)).toEqual({ ...nothing, sound: 2 })
      late.close()
    })

    it('a file that was finished after the index was read is no lost one', async () => {
      await exported()
      const late = new Meddled({
        async *objects() {
          yield* store.objects()
          // By now the only page of the index has been read. As old as an upload that was begun long ago.
          const { key } = await exported(1, 'exp_ffffffffffffffff')
          yield { key, size: 1, modifiedAt: new Date(0) }
        },
      })
      expect(await run(late)).toEqual({ ...nothing, sound: 1, expected: 1 })
      expect(await intents()).toEqual([])
      late.close()
    })

    it('a file that expires, or is replaced, is no missing one', async () => {
      const [expired, replaced] = [await exported(), await exported()]
      const changed = replaced.key.replace('-1/', '-2/')
      const meanwhile = new Meddled({
        async *objects() {
          for await (const object of store.objects())
            if (object.key !== expired.key && object.key !== replaced.key) yield object
        },
        async size(key) {
          await kit.sql('DELETE FROM archive_files WHERE object_key = $1', [expired.key])
          await kit.sql('UPDATE archive_files SET object_key = $2 WHERE object_key = $1', [
            replaced.key,
            changed,
          ])
          await store.delete(key)
          return null
        },
      })
      expect(await run(meanwhile)).toEqual(nothing)
      expect(await missing()).toEqual([])
      meanwhile.close()
    })

    it('a store that fails midway: an error, and nothing is told to be missing', async () => {
      await exported()
      await exported()
      await store.delete((await exported()).key)
      const failing = new Meddled({
        async *objects() {
          const listed: ListedObject[] = []
          for await (const object of store.objects()) listed.push(object)
          await kit.context.s3.close()
          yield* listed
        },
      })
      await expect(run(failing)).rejects.toThrow('ECONNREFUSED')
      await kit.context.s3.restart()
      expect(await missing()).toEqual([])
      expect((await metrics.exposition()).text).not.toContain('leadferry_bucket_objects{')
      failing.close()
    })

    it('a bucket that is gone, which answers for every object that it is not there: likewise', async () => {
      const { key } = await exported()
      const elsewhere = new ObjectStore({ ...kit.context.config, S3_BUCKET: 'nobody-made-it' })
      const half = new Meddled({
        async *objects() {
          await Promise.resolve()
          yield* []
        },
        size: (one) => elsewhere.size(one),
      })
      half.check = () => elsewhere.check()
      expect(await elsewhere.size(key)).toBeNull()
      await expect(run(half)).rejects.toThrow()
      expect(await missing()).toEqual([])
      half.close()
      elsewhere.close()
    })

    it('it ends when it is asked to', async () => {
      await exported()
      await expect(run(store, AbortSignal.abort(new Error('enough')))).rejects.toThrow()
    })
  })
})
