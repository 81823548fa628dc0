import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { until } from '../../../../test/support/until.js'
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js'
import { compiled } from '../../../../tools/local-stack/project-root.js'
import { AdvisoryLocks } from './advisory-locks.js'

const SILENCE_MS = 3000
const LOCK = [1, 1] as const

/** A process that holds the lock until its signal says that it is lost, and tells so. */
const holder = `
  const { AdvisoryLocks } = await import(process.argv[1])
  const locks = new AdvisoryLocks(process.argv[2], ${SILENCE_MS})
  await locks.alone([${LOCK.join(', ')}], async (lost) => {
    console.log('held')
    await new Promise((resolve) => lost.addEventListener('abort', resolve))
  })
  console.log('stopped')`

describe('AdvisoryLocks', () => {
  let database: TestDatabase
  let url: string
  let child: ChildProcess | undefined
  const open: AdvisoryLocks[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
    url = database.urls.SYSTEM_DATABASE_URL
  })
  afterEach(async () => {
    child?.kill('SIGKILL')
    await Promise.all(open.splice(0).map((locks) => locks.close()))
  })
  afterAll(() => database.drop())

  function locksOf(silenceMs?: number): AdvisoryLocks {
    const locks = new AdvisoryLocks(url, silenceMs)
    open.push(locks)
    return locks
  }
  /** Other files lock on the same server. */
  const held = `FROM pg_locks WHERE locktype = 'advisory' AND classid = ${LOCK[0]}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  const nothing = () => Promise.resolve()

  it('of a process that is frozen are taken back; when it wakes it knows, and stops', async () => {
    const module = pathToFileURL(compiled('libs/core/src/database/advisory-locks.js')).href
    child = spawn(process.execPath, ['--input-type=module', '-e', holder, module, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout! })
    expect(await once(lines, 'line')).toEqual(['held'])
    const other = locksOf()
    expect(await other.alone(LOCK, nothing)).toBe(false)
    child.kill('SIGSTOP')
    await until('the lock', () => other.alone(LOCK, nothing))
    const said = once(lines, 'line')
    child.kill('SIGCONT')
    expect(await said).toEqual(['stopped'])
  }, 30_000)

  it('are kept through work that asks for nothing, for longer than the silence may be', async () => {
    const holders = async () => (await database.superuser.query(`SELECT pid ${held}`)).rows
    await locksOf(SILENCE_MS).alone(LOCK, async (lost) => {
      const before = await holders()
      await database.superuser.query('SELECT pg_sleep(4)')
      expect(await holders()).toEqual(before)
      expect(lost.aborted).toBe(false)
    })
  })

  it('are lost with their connection, which the work is told, and the next one takes them anew', async () => {
    const locks = locksOf()
    const done = locks.alone(LOCK, async (lost) => {
      await database.superuser.query(`SELECT pg_terminate_backend(pid) ${held}`)
      await until('the loss', () => Promise.resolve(lost.aborted))
    })
    expect(await done).toBe(true)
    expect(await locks.alone(LOCK, nothing)).toBe(true)
  })
})
