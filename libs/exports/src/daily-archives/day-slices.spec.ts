import { ArchiveKit } from '../../../../test/support/archives/archive-kit.js'
import type { TestWorkspace } from '../../../../test/support/context.js'
import { addAccountsWithMessages, addVisit } from '../../../../test/support/samples/day.js'
import type { DayBuilder } from './day-builder.js'

const DAY = '2025-05-01'
const SLICE_FILES = 20
/** Two files each, of its message and of its message user: three slices. */
const ACCOUNTS = 25
const FILES = 2 * ACCOUNTS

describe('a day of more files than a slice has', () => {
  let kit: ArchiveKit
  let large: TestWorkspace
  let builder: DayBuilder
  beforeAll(async () => {
    kit = await ArchiveKit.start()
    builder = kit.newBuilder({ limits: { files: SLICE_FILES, ms: Infinity } })
    large = await kit.workspace()
    await addAccountsWithMessages(kit.context, large, ACCOUNTS, `${DAY}T12:00:00Z`)
  }, 60_000)
  afterAll(() => kit.close())
  afterEach(async () => {
    await kit.forget()
    await kit.sql('DELETE FROM archive_day_files; DELETE FROM archive_files; DELETE FROM upload_intents')
  })

  const build = () => builder.buildNext()
  const kept = async () => Number((await kit.sql('SELECT count(*) FROM archive_day_files')).rows[0]!['count'])
  const intents = async () =>
    (await kit.sql('SELECT object_key AS key FROM upload_intents WHERE not_before <= now()')).rows.map(
      ({ key }) => key!,
    )
  const rebuildAsked = () => kit.sql(`UPDATE archive_days SET not_before = now() WHERE state = 'due'`)

  it('is built slice by slice, and its files are listed together', async () => {
    await kit.ask(large, DAY)
    expect(await build()).toBe('slice')
    expect([await kept(), (await kit.listed(large)).length, (await intents()).length]).toEqual([
      SLICE_FILES,
      0,
      0,
    ])
    expect(await kit.table(large)).toMatchObject([{ state: 'building', files: null, reason: null }])
    expect(await build()).toBe('slice')
    expect(await build()).toBe('built')
    const files = await kit.listed(large)
    expect(files).toHaveLength(FILES)
    expect(new Set(files.map(({ name }) => name)).size).toBe(FILES)
    expect(await kit.contentOf(files[0]!)).toHaveLength(1)
    expect(await kit.contentOf(files.at(-1)!)).toMatchObject([{ text: 'Hola' }])
    expect(await kit.table(large)).toEqual([
      { day: DAY, state: 'built', epoch: 3, files: FILES, reason: null },
    ])
    expect([await kept(), await intents()]).toEqual([0, []])
    const stored = new Set(await kit.storedKeys())
    expect(files.filter(({ objectKey }) => !stored.has(objectKey))).toEqual([])
  })

  it('waits after each slice for another tenant’s day', async () => {
    const small = await kit.workspace()
    await addVisit(kit.context, small, await kit.implicit(small), `${DAY}T12:00:00Z`)
    await kit.ask(large, DAY)
    expect(await build()).toBe('slice')
    await kit.ask(small, DAY)
    expect(await build()).toBe('built')
    expect(await kit.table(small)).toMatchObject([{ state: 'built', files: 4 }])
    expect(await kit.listed(large)).toEqual([])
    expect(await kit.buildAll(builder)).toEqual(['slice', 'built'])
  })

  it('that is asked for meanwhile is listed, and built once more', async () => {
    await kit.ask(large, DAY)
    expect(await build()).toBe('slice')
    expect((await kit.ask(large, DAY)).days).toEqual([{ day: DAY, state: 'building' }])
    expect([await build(), await build()]).toEqual(['slice', 'built'])
    expect(await kit.listed(large)).toHaveLength(FILES)
    expect(await kit.table(large)).toMatchObject([{ state: 'due', files: FILES }])
    expect(await kit.buildAll(builder)).toEqual(['slice', 'slice', 'built'])
    const files = await kit.listed(large)
    expect(files).toHaveLength(FILES)
    // Each epoch is a slice: these are of the second build.
    expect(files.every(({ objectKey }) => /^day_\w+-[456]\//.test(objectKey))).toBe(true)
  })

  it('goes on after a slice that failed, with the files of the slices before', async () => {
    await kit.ask(large, DAY)
    expect(await build()).toBe('slice')
    await kit.context.s3.close()
    expect(await build()).toBe('due')
    expect(await kept()).toBe(SLICE_FILES)
    await kit.context.s3.restart()
    await rebuildAsked()
    expect(await kit.buildAll(builder)).toEqual(['slice', 'built'])
    expect(await kit.listed(large)).toHaveLength(FILES)
    expect(await kit.table(large)).toMatchObject([{ epoch: 4, reason: null }])
  })

  it('begins anew where it was asked for after it was put off, and leaves nothing in the store', async () => {
    await kit.ask(large, DAY)
    expect(await build()).toBe('slice')
    const given = (await kit.sql('SELECT object_key AS key FROM archive_day_files')).rows.map(
      ({ key }) => key!,
    )
    const ending = kit.newBuilder()
    ending.drain()
    expect(await ending.buildNext()).toBe('due')
    await kit.ask(large, DAY)
    expect(await kit.buildAll(builder)).toEqual(['slice', 'slice', 'built'])
    const files = await kit.listed(large)
    expect(files.filter(({ objectKey }) => given.includes(objectKey))).toEqual([])
    await kit.cleanup.removeLostUploads(undefined, Infinity)
    expect(await kept()).toBe(0)
    const stored = await kit.storedKeys()
    expect(stored.filter((key) => given.includes(key))).toEqual([])
    expect(stored).toEqual(expect.arrayContaining(files.map(({ objectKey }) => objectKey)))
  })

  it('goes on where it stopped when the worker of a slice is lost; the lost one changes nothing', async () => {
    await kit.ask(large, DAY)
    expect(await build()).toBe('slice')
    const lost = (await kit.claims.claim())!
    expect(lost).toMatchObject({ epoch: 2, afterModel: 'messageUsers' })
    expect(await kit.claims.recordIntents(lost, ['lost'])).toBe(true)
    await kit.sql(`UPDATE archive_days SET lease_until = now() WHERE state = 'building'`)
    expect(await build()).toBe('slice')
    const slice = {
      files: [],
      snapshotAt: new Date(),
      position: { model: 'messages' as const, account: 'z' },
    }
    expect(await kit.claims.keep(lost, { ...slice, isLast: false })).toBe(false)
    expect(await kit.claims.finish(lost, { ...slice, isLast: true })).toBe(false)
    expect(await build()).toBe('built')
    expect(await kit.listed(large)).toHaveLength(FILES)
    expect(await intents()).toEqual(['lost'])
  })

  it('a heartbeat that comes after the end of its slice renews nothing', async () => {
    await kit.ask(large, DAY)
    const claim = (await kit.claims.claim())!
    const position = { model: 'messages' as const, account: '' }
    expect(await kit.claims.keep(claim, { files: [], snapshotAt: new Date(), position, isLast: false })).toBe(
      true,
    )
    expect(await kit.claims.renew(claim)).toBe(false)
    expect(await kit.claims.putOff(claim, 'internal_error')).toBe(false)
    expect(await kit.claims.claim()).toMatchObject({ epoch: 2, afterModel: 'messages' })
  })

  it('begins no further file once its time is over', async () => {
    await kit.ask(large, DAY)
    const hasty = kit.newBuilder({ limits: { files: SLICE_FILES, ms: 0 } })
    expect([await hasty.buildNext(), await kept()]).toEqual(['slice', 1])
    expect([await hasty.buildNext(), await kept()]).toEqual(['slice', 2])
    const outcomes = await kit.buildAll(builder)
    expect(outcomes.at(-1)).toBe('built')
    expect(await kit.listed(large)).toHaveLength(FILES)
  })

  it('that a worker of the release before built whole between two slices begins anew the next time', async () => {
    await kit.ask(large, DAY)
    expect(await build()).toBe('slice')
    // As that release claims a day and finishes it: it knows of no slices.
    await kit.sql(
      `UPDATE archive_days SET state = 'built', epoch = epoch + 1, lease_until = NULL, built_at = clock_timestamp(), files = 0`,
    )
    await kit.cleanup.removeLostUploads(undefined, Infinity)
    expect(await kept()).toBe(0)
    await kit.ask(large, DAY)
    expect(await kit.buildAll(builder)).toEqual(['slice', 'slice', 'built'])
    expect(await kit.listed(large)).toHaveLength(FILES)
  })
})
