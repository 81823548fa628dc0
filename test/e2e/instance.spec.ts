import { INSTANCE_MARKER_KEY, instanceOf, ObjectStore, readMarker } from '#core'
import { TestContext } from '../support/context.js'
import { launchProgram, type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { cli } from '../support/programs/cli.js'
import { createTestDatabase } from '../support/test-database.js'

// Each test starts several processes.
jest.setTimeout(120_000)

const programs = ['gateway', 'worker'] as const

describe('a database and the bucket that belongs to it', () => {
  let context: TestContext
  let store: ObjectStore
  let id: string
  /** As a wiped database that was migrated again. */
  let other: Awaited<ReturnType<typeof createTestDatabase>>
  const running: Program[] = []

  beforeAll(async () => {
    context = await TestContext.create()
    store = new ObjectStore(context.config)
    id = await instanceOf(context.database)
    other = await createTestDatabase()
    await other.superuser.query(`UPDATE instance SET id = 'ins_of_another_database'`)
  })
  afterEach(async () => {
    for (const program of running.splice(0)) await program.stop(10_000)
  })
  afterAll(async () => {
    store.close()
    await other.drop()
    await context.close()
  })

  async function start(name: 'gateway' | 'worker', more: Record<string, string> = {}): Promise<void> {
    running.push(await startProgram(name, { ...context.env, ...more }))
  }

  const instance = (urls: Record<string, string>, ...words: string[]) =>
    cli({ ...context.env, ...urls }, 'instance', ...words)

  it('the first processes mark the bucket, and two at once agree', async () => {
    expect(await readMarker(store)).toBeNull()
    expect(JSON.parse(await instance({}, 'show', '--json'))).toEqual({
      database: id,
      bucket: null,
      match: null,
    })
    await Promise.all(programs.map((name) => start(name)))
    expect(await readMarker(store)).toEqual({ instance: id, writtenAt: expect.any(String) as string })
    await store.putFirst(INSTANCE_MARKER_KEY, Buffer.from('{}'), 'application/json')
    expect((await readMarker(store))?.instance).toBe(id)
  })

  it.each(programs)('the %s refuses another database, and says what to do', async (name) => {
    const refused = startProgram(name, { ...context.env, ...other.urls })
    const { pathname } = new URL(other.urls.SYSTEM_DATABASE_URL)
    await expect(refused).rejects.toThrow(
      new RegExp(
        `exited with code 1:[^]*could not start: the database [\\w.:]+${pathname} is instance ins_of_another_database, ` +
          `but the bucket "leadferry" belongs to instance ${id}: [^\\n]*leadferry instance adopt`,
      ),
    )
  })

  it.each(programs)(
    'the %s that could not ask at boot ends when it learns of another database',
    async (name) => {
      await context.s3.close()
      const program = launchProgram(name, { ...context.env, ...other.urls })
      running.push(program)
      await program.says(`"${name} ready"`)
      await context.s3.restart()
      expect(await program.exited).toBe('exited with code 1')
      expect(program.lines.join('\n')).toContain(`The ${name} ends: the database`)
    },
  )

  it('adopted, the bucket is the other database’s', async () => {
    const found = { database: 'ins_of_another_database', bucket: id, match: false }
    expect(JSON.parse(await instance(other.urls, 'show', '--json'))).toEqual(found)
    expect(await instance(other.urls, 'adopt')).toContain('belongs to ins_of_another_database now')
    await start('worker', other.urls)
    await expect(startProgram('gateway', context.env)).rejects.toThrow(/belongs to instance ins_of_another/)
  })

  it.each(programs)('the %s refuses a bucket whose marker is not readable', async (name) => {
    await store.put(INSTANCE_MARKER_KEY, Buffer.from('{"instance":'), 'application/json')
    await expect(startProgram(name, context.env)).rejects.toThrow(
      /exited with code 1:[^]*could not start: leadferry-instance.json in the bucket "leadferry" is not readable[^\n]*instance adopt/,
    )
  })

  it('a bucket that was emptied is marked again', async () => {
    await store.delete(INSTANCE_MARKER_KEY)
    await start('worker')
    await until('the marker', async () => (await readMarker(store))?.instance === id)
  })
})
