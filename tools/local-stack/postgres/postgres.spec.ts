import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { goneWithin, inspect } from '../lifetime/processes.js'
import { assertPortFree, freePort } from '../ports.js'
import { compiled } from '../project-root.js'
import { itWhen } from '../../../test/support/when.js'
import { chooseRunAs } from '../run-as.js'
import { standIn } from '../testing/stand-in.js'
import { postgresBinaries } from './binaries.js'
import { readPidFile } from './pid-file.js'
import { startPostgres } from './postgres.js'
import type { Postgres, PostgresOptions } from './postgres.js'
import { settingArguments } from './settings.js'

const asRoot = itWhen(process.getuid?.() === 0, 'needs root')
const NOBODY = { uid: 65_534, gid: 65_534 }
const asNobody = itWhen(reachableForNobody(), 'needs root, and a checkout that nobody may enter')

/** Only root can become nobody, and below a folder that only root may enter, nobody finds no program to run. */
function reachableForNobody(): boolean {
  if (process.getuid?.() !== 0) return false
  const script = 'test -x "$0" && test -r "$1"'
  const words = ['-c', script, process.execPath, compiled('tools/local-stack/postgres/postgres.js')]
  return spawnSync('/bin/sh', words, { ...NOBODY, cwd: '/' }).status === 0
}

describe('PostgreSQL', () => {
  let folder: string
  let options: PostgresOptions
  let running: Postgres[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadferry-postgres-'))
    // Another user must reach the data, as below a project that everyone may enter.
    await chmod(folder, 0o755)
    options = optionsIn(folder, await freePort())
    running = []
  })
  afterEach(async () => {
    for (const server of running) await server.stop()
    await rm(folder, { recursive: true })
  })

  function optionsIn(place: string, port: number): PostgresOptions {
    return { dataDir: join(place, 'data'), log: join(place, 'log'), port, portVariable: 'POSTGRES_PORT' }
  }

  async function start(overrides: Partial<PostgresOptions> = {}): Promise<Postgres> {
    const server = await startPostgres({ ...options, ...overrides })
    running.push(server)
    return server
  }

  async function query(url: string, sql: string): Promise<unknown[][]> {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows
    } finally {
      await client.end()
    }
  }

  /** A launcher that can be killed. */
  async function fromLauncher(place = folder, ids?: typeof NOBODY) {
    const launcher = standIn(
      `
      import { startPostgres } from '#dist/postgres/postgres.js'
      const { url, pid } = await startPostgres(${JSON.stringify(optionsIn(place, options.port))})
      console.log(JSON.stringify({ url, pid }))
    `,
      ids,
    )
    return { launcher, ...(await launcher.next<{ url: string; pid: number }>()) }
  }

  async function expectNothingLeft(pid: number): Promise<void> {
    expect(await goneWithin(pid, 20_000)).toBe(true)
    await assertPortFree(options.port, 'PostgreSQL', 'POSTGRES_PORT')
  }

  it('starts with the settings it should have, and asks for the password', async () => {
    const { url } = await start({ settings: { work_mem: '8MB' } })
    const names = ['listen_addresses', 'unix_socket_directories', 'fsync', 'work_mem', 'server_encoding']
    const values = names.map((name) => `current_setting('${name}')`).join(', ')
    await expect(query(url, `SELECT ${values}`)).resolves.toEqual([['127.0.0.1', '', 'on', '8MB', 'UTF8']])
    const locale = 'SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()'
    await expect(query(url, locale)).resolves.toEqual([['b', 'C.UTF-8']])
    const guess = url.replace(/:[^:@]+@/, ':guess@')
    await expect(query(guess, 'SELECT 1')).rejects.toThrow('password authentication failed')
  })

  it('keeps data and password over a restart', async () => {
    const first = await start()
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    await first.stop()
    const second = await start()
    expect(second.url).toBe(first.url)
    await expect(query(second.url, 'SELECT * FROM kept')).resolves.toEqual([[1]])
  })

  it('ends with a launcher that is killed, and the next start finds the data', async () => {
    const { launcher, url, pid } = await fromLauncher()
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS one')
    launcher.kill('SIGKILL')
    await launcher.exited
    // At once, while the guard is still at it.
    const next = await start()
    expect(await inspect(pid)).toBeUndefined()
    await expect(query(next.url, 'SELECT * FROM kept')).resolves.toEqual([[1]])
  })

  it('recovers from a kill of the server under a busy session', async () => {
    const first = await start()
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    const session = new Client({ connectionString: first.url })
    await session.connect()
    const busy = session.query('SELECT count(*) FROM generate_series(1, 1e9)').catch(() => 'cut')
    await untilBusy(first.url)
    process.kill(first.pid, 'SIGKILL')
    await expect(first.exited).resolves.toBe('exited with code 137')
    // As the launcher does when it sees that: it ends the clients.
    await session.end()
    const next = await start()
    await expect(query(next.url, 'SELECT * FROM kept')).resolves.toEqual([[1]])
    await expect(busy).resolves.toBe('cut')
  })

  async function untilBusy(url: string): Promise<void> {
    const count = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%1e9%'"
    while ((await query(url, count))[0]?.[0] !== '2') await sleep(20)
  }

  it('ends a server that lost its guard', async () => {
    await (await start()).stop()
    const orphan = await startUnguarded()
    const next = await start()
    expect(await inspect(orphan)).toBeUndefined()
    await expect(query(next.url, 'SELECT 1 AS one')).resolves.toEqual([[1]])
  })

  async function startUnguarded(): Promise<number> {
    const { postgres } = await postgresBinaries()
    const { prefix, ids } = await chooseRunAs(postgres, options.dataDir)
    const words = [...prefix, postgres, '-D', options.dataDir, ...settingArguments(options.port, {})]
    const { pid = 0 } = spawn(words[0] ?? '', words.slice(1), { ...ids, cwd: '/', stdio: 'ignore' })
    while ((await readPidFile(options.dataDir))?.status !== 'ready') await sleep(20)
    return pid
  }

  it('is not misled by a stale note whose process number is somebody else now', async () => {
    await (await start()).stop()
    await writeFile(join(options.dataDir, 'postmaster.pid'), `${process.pid}\n${options.dataDir}\n`)
    await expect(start()).resolves.toBeDefined()
  })

  it('leaves a living stack alone', async () => {
    const first = await start()
    await expect(start({ port: await freePort() })).rejects.toThrow('in use by another Leadferry')
    await expect(query(first.url, 'SELECT 1 AS one')).resolves.toEqual([[1]])
  })

  it('names a port that is taken', async () => {
    const server = createServer().listen(options.port, '127.0.0.1')
    await once(server, 'listening')
    const message = `port ${options.port} (PostgreSQL, POSTGRES_PORT) is taken by`
    await expect(start()).rejects.toThrow(message)
    server.close()
  })

  it('makes anew what a start that was killed left half made', async () => {
    await mkdir(join(`${options.dataDir}.init`, 'data', 'base'), { recursive: true })
    await expect(start()).resolves.toBeDefined()
  })

  it('shows what the server said when it does not start', async () => {
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/shared_buffers.+plenty/s)
  })

  it('refuses the data of another version, and a folder that holds something else', async () => {
    await mkdir(options.dataDir)
    await writeFile(join(options.dataDir, 'PG_VERSION'), '15\n')
    await expect(start()).rejects.toThrow('was not made by Leadferry')
    await writeFile(join(options.dataDir, 'superuser.password'), 'x')
    await expect(start()).rejects.toThrow(/made by PostgreSQL 15, and this is PostgreSQL \d+/)
  })

  asRoot('runs below a folder that only root may enter, and can move there', async () => {
    const { url } = await start()
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS one')
    await running.pop()?.stop()
    await chmod(folder, 0o700)
    const { launcher, url: moved, pid } = await fromLauncher()
    await expect(query(moved, 'SELECT * FROM kept')).resolves.toEqual([[1]])
    launcher.kill('SIGKILL')
    await expectNothingLeft(pid)
    await chmod(folder, 0o755)
    const back = await start()
    await expect(query(back.url, 'SELECT * FROM kept')).resolves.toEqual([[1]])
  })

  asNobody('says what to do about the data of another user', async () => {
    await (await start()).stop()
    const launcher = standIn(
      `
      import { startPostgres } from '#dist/postgres/postgres.js'
      await startPostgres(${JSON.stringify(options)}).catch((error) => console.log(JSON.stringify(error.message)))
    `,
      NOBODY,
    )
    await expect(launcher.next()).resolves.toContain('start as the user who made it')
  })

  asNobody('runs for a normal user', async () => {
    const place = join(folder, 'home')
    await mkdir(place, { mode: 0o700 })
    await chown(place, NOBODY.uid, NOBODY.gid)
    const { launcher, url, pid } = await fromLauncher(place, NOBODY)
    await expect(query(url, 'SELECT 1 AS one')).resolves.toEqual([[1]])
    launcher.kill('SIGKILL')
    await expectNothingLeft(pid)
  })
})
