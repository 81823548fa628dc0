import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import pg from 'pg'
import { createRoles } from '#core'
import { QUEUE_SCHEMA } from '../../libs/core/src/queues/backend.js'
import { runChild } from '../../tools/local-stack/lifetime/run-child.js'
import { startMailbox } from '../../tools/local-stack/mailbox/server.js'
import { freePort } from '../../tools/local-stack/ports.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { startS3Server } from '../../tools/local-stack/s3/server.js'
import { rolePasswords } from '../runner/roles.js'

/**
 * `npm run release:dump -- --checkout ../leadferry-0.1.0 --server postgres://postgres:…@localhost:5432/postgres` writes
 * releases/VERSION.sql: what a release leaves behind, for migrations.spec.ts to bring forward. The checkout is of the
 * release and built; its own programs make the data. The server is of the oldest PostgreSQL that we work with, and pg_dump
 * is its own: a dump is read by newer servers, not by older ones. `--name` is for what is no release, such as the base that
 * the migrations of a release to come start from.
 */
const { values } = parseArgs({
  options: { checkout: { type: 'string' }, server: { type: 'string' }, name: { type: 'string' } },
})
const { checkout, server } = values
if (checkout === undefined || server === undefined) throw new Error('--checkout and --server are needed')

const run = promisify(execFile)
const DATABASE = 'leadferry_release'
const S3 = { accessKeyId: 'release', secretAccessKey: 'release-secret', buckets: ['leadferry'] }
const WITHIN_MS = 60_000

const manifest = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as { version: string }
const version = values.name ?? manifest.version
const folder = await mkdtemp(join(tmpdir(), 'leadferry-release-'))
const s3 = await startS3Server({ ...S3, dataDir: join(folder, 's3'), port: 0 })
const mailbox = await startMailbox({ dataDir: join(folder, 'mail'), smtpPort: 0, httpPort: 0 })
const [port, adminPort] = [await freePort(), await freePort()]
const url = (role: keyof typeof rolePasswords) => {
  const at = new URL(server)
  Object.assign(at, {
    username: `leadferry_${role}`,
    password: rolePasswords[role],
    pathname: `/${DATABASE}`,
  })
  return at.href
}
const env = {
  PATH: process.env['PATH'] ?? '',
  DATABASE_URL: url('app'),
  SYSTEM_DATABASE_URL: url('system'),
  MIGRATION_DATABASE_URL: url('owner'),
  S3_ENDPOINT: `http://127.0.0.1:${s3.port}`,
  S3_BUCKET: 'leadferry',
  S3_ACCESS_KEY_ID: S3.accessKeyId,
  S3_SECRET_ACCESS_KEY: S3.secretAccessKey,
  SMTP_URL: mailbox.smtpUrl,
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  PORT: String(port),
  ADMIN_PORT: String(adminPort),
  APP_SECRET: 'release-secret-release-secret-release',
  ADMIN_TOKEN: 'release-admin-release-admin-release-admin',
  SWEEP_SECONDS: '1',
  ARCHIVE_SETTLE_SECONDS: '0',
  LOG_LEVEL: 'info',
}

const cli = async (...words: string[]): Promise<Record<string, string>> => {
  const { stdout } = await run(process.execPath, [join(checkout, 'dist/apps/cli/src/main.js'), ...words], {
    env,
  })
  return words.includes('--json') ? (JSON.parse(stdout) as Record<string, string>) : {}
}

/** Starts a program of the release; its last line tells why, where it ends. */
const start = (name: 'gateway' | 'worker') => {
  const file = join(checkout, `dist/apps/${name}/src/main.js`)
  return runChild({ name, file, env, print: (line) => process.stderr.write(`${line}\n`) })
}

async function prepare(): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await createRoles(client, rolePasswords)
  await client.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${DATABASE} OWNER leadferry_owner`)
  await client.end()
  await cli('migrate')
}

type Call = (
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Record<string, string>>

const caller =
  (key: string): Call =>
  async (path, body, headers = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${answer}`)
    return JSON.parse(answer) as Record<string, string>
  }

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WITHIN_MS
  while (!(await isSo().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await sleep(100)
  }
}

/** Two days of a conversation; the first is over. */
function events(bot: string) {
  const account = { platform: 'messenger', name: 'Mi página' }
  return Array.from({ length: 24 }, (_, n) => {
    const common = {
      id: `evt-${n}`,
      time: new Date(Date.now() - (48 - 2 * n) * 3_600_000).toISOString(),
      bot,
      account,
      user: { id: String(n % 3), firstName: ['Juan', 'Peña 🙂', 'O\u2019Brien'][n % 3], lastName: 'Perez' },
    }
    return n % 2 === 0
      ? { ...common, type: 'message', sender: 'user', text: `Hola ${n}, "quiero"\nuna tarjeta` }
      : {
          ...common,
          type: 'interaction',
          funnel: 'sacarTarjeta',
          group: 'Sacar Tarjeta',
          interaction: n % 4 === 1 ? 'DNI' : 'Correo',
          data: [
            n % 4 === 1
              ? { name: 'DNI', cxt: `1234567${n % 3}` }
              : { name: 'Correo', cxt: `p${n % 3}@example.com` },
          ],
        }
  })
}

/** Something of everything that a database can hold, and work that waits. @returns the tokens of its keys */
async function fill(): Promise<{ key: string; appToken: string }> {
  const workspace = ['--workspace', 'acme']
  const owner = ['--owner-name', 'Ana Peña', '--owner-email', 'ana@example.com', '--json']
  await cli(
    'workspace',
    'create',
    '--codename',
    'acme',
    '--name',
    'Acme',
    '--time-zone',
    'America/Lima',
    '--json',
  )
  const chatbot = await cli(
    'chatbot',
    'create',
    ...workspace,
    '--name',
    'asistente',
    '--owner-user-id',
    'u-1',
    '--json',
  )
  const funnel = ['--name', 'sacarTarjeta', '--group', 'Sacar Tarjeta', '--interactions', 'DNI,Correo']
  await cli('funnel', 'create', ...workspace, ...funnel, '--double-counting', '--json')
  const key = String((await cli('key', 'create', ...workspace, ...owner)).token)
  const appToken = String((await cli('key', 'create', ...workspace, ...owner, '--kind', 'app_token')).token)
  const call = caller(key)
  const gateway = start('gateway')
  const worker = start('worker')
  try {
    await until('the gateway', async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok)
    const names = ['Ana "la jefa"', '=SUM(A1)', 'Zoë 🙂 Ñandú', ' leading', 'line\nbreak']
    for (const [n, name] of names.entries()) {
      const email = `lead-${n}@example.com`
      const metadata = { company: 'Acme', [name]: [1, { deep: null }] }
      await call(`/chatbots/${chatbot.id}/leads`, { name, email, phone: '+51 987 654 321', metadata })
    }
    await call('/leads', { name: 'Once', email: 'once@example.com' }, { 'Idempotency-Key': 'once' })
    await call('/acme/events', { events: events('asistente') })
    for (const asked of [
      { dataset: 'leads', format: 'csv', gzip: true },
      { dataset: 'records', format: 'xlsx', timeZone: 'America/Lima' },
    ]) {
      const { id } = await call('/exports', asked)
      await until('an export', async () => (await call(`/exports/${id}`)).state === 'completed')
    }
    const counted = new pg.Client({ connectionString: env.SYSTEM_DATABASE_URL })
    await counted.connect()
    await until('mails and archives', async () => {
      const { rows } = await counted.query<{ left: number; built: number }>(
        `SELECT (SELECT count(*) FROM mail_outbox WHERE sent_at IS NULL)::int AS left,
           (SELECT count(*) FROM archive_days WHERE state = 'built')::int AS built`,
      )
      return rows[0]?.left === 0 && rows[0].built > 0
    })
    await counted.end()
    await worker.stop(20_000)
    const { id } = await call('/exports', { dataset: 'messages', format: 'ndjson' })
    await call(`/exports/${id}/cancel`, {})
    await call('/exports', { dataset: 'leads', format: 'csv' })
    return { key, appToken }
  } finally {
    await Promise.all([worker.stop(20_000), gateway.stop(20_000)])
  }
}

try {
  await prepare()
  const { key, appToken } = await fill()
  const at = new URL(server)
  at.pathname = `/${DATABASE}`
  // The queue's tables are BullMQ's own, and what is in them may be lost.
  const what = ['--inserts', '--rows-per-insert=100', `--exclude-schema=${QUEUE_SCHEMA}`]
  const { stdout } = await run('pg_dump', [...what, at.href], { maxBuffer: 1 << 26 })
  const sql = stdout
    // Commands of psql's own, which no server reads.
    .replaceAll(/^\\.*\n/gm, '')
    // Of partitions' ids: from PostgreSQL 17 on they are identities too.
    .replaceAll(
      /^(INSERT INTO \S+)(?: OVERRIDING SYSTEM VALUE)? VALUES$/gm,
      '$1 OVERRIDING SYSTEM VALUE VALUES',
    )
  const head = `-- What Leadferry ${version} left behind; made by make-release.ts. Its keys, of this database alone:\n`
  const file = join(projectRoot(), 'test/migrations/releases', `${version}.sql`)
  await writeFile(file, `${head}-- api_key ${key}\n-- app_token ${appToken}\n${sql}`)
  process.stdout.write(`${file}\n`)
} finally {
  await Promise.all([s3.close(), mailbox.close()])
  await rm(folder, { recursive: true, force: true })
}
