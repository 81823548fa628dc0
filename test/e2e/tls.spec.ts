import { copyFile, chmod, chown, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { prepareDatabase } from '../../tools/local-stack/database.js'
import { type Mailbox, startMailbox } from '../../tools/local-stack/mailbox/server.js'
import { freePort } from '../../tools/local-stack/ports.js'
import { type Postgres, startPostgres } from '../../tools/local-stack/postgres/postgres.js'
import { startS3Server } from '../../tools/local-stack/s3/server.js'
import { rolePasswords } from '../runner/roles.js'
import { Client } from '../support/api/client.js'
import { mailAbout } from '../support/mail/mails.js'
import { cli } from '../support/programs/cli.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { makeCertificate, type TlsFront, tlsFront } from '../support/tls.js'
import { until } from '../support/until.js'

// It starts a PostgreSQL of its own.
jest.setTimeout(120_000)

const S3 = { accessKeyId: 'test', secretAccessKey: 'test-secret', buckets: ['leadferry'] }

describe('TLS to every part, by its URL', () => {
  let dir: string
  let postgres: Postgres
  let s3: { port: number; close(): Promise<void> }
  let mailbox: Mailbox
  let fronts: { s3: TlsFront; smtp: TlsFront }
  let certificate: string
  let env: Record<string, string>
  let trusting: Record<string, string>

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'leadferry-tls-'))
    const made = await makeCertificate(dir)
    certificate = made.certificate
    const port = await freePort()
    const dataDir = join(dir, 'postgres')
    postgres = await startPostgres({ dataDir, port, portVariable: 'any', log: join(dir, 'postgres.log') })
    const url = (role: keyof typeof rolePasswords) =>
      `postgres://leadferry_${role}:${rolePasswords[role]}@localhost:${port}/leadferry`
    await prepareDatabase(postgres.url, url('owner'), rolePasswords)
    await speakTls(dataDir, made)
    s3 = await startS3Server({ ...S3, dataDir: join(dir, 's3'), port: 0 })
    mailbox = await startMailbox({ dataDir: join(dir, 'mail'), smtpPort: 0, httpPort: 0 })
    const smtpPort = Number(new URL(mailbox.smtpUrl).port)
    fronts = { s3: await tlsFront(s3.port, made), smtp: await tlsFront(smtpPort, made) }
    const api = await freePort()
    env = {
      DATABASE_URL: `${url('app')}?sslmode=verify-full`,
      SYSTEM_DATABASE_URL: `${url('system')}?sslmode=verify-full`,
      MIGRATION_DATABASE_URL: `${url('owner')}?sslmode=verify-full`,
      S3_ENDPOINT: `https://localhost:${fronts.s3.port}`,
      S3_BUCKET: 'leadferry',
      S3_ACCESS_KEY_ID: S3.accessKeyId,
      S3_SECRET_ACCESS_KEY: S3.secretAccessKey,
      SMTP_URL: `smtps://localhost:${fronts.smtp.port}`,
      PUBLIC_URL: `http://127.0.0.1:${api}`,
      PORT: String(api),
      ADMIN_PORT: String(await freePort()),
      APP_SECRET: '9f2c51e07ab84d36c1e85f70b94ad2638e5017fc2ba96d43',
      ADMIN_TOKEN: '4b71d8a2e60f95c3187de4ba52f0c96730ad1b8ef5264c97',
      SWEEP_SECONDS: '1',
    }
    trusting = { ...env, NODE_EXTRA_CA_CERTS: certificate }
  }, 120_000)
  afterAll(async () => {
    await Promise.all([fronts.s3.close(), fronts.smtp.close()])
    await Promise.all([s3.close(), mailbox.close(), postgres.stop()])
    await rm(dir, { recursive: true, force: true })
  })

  /** It takes a key that only its own user, or root, can read. */
  async function speakTls(dataDir: string, made: { key: string; certificate: string }): Promise<void> {
    const { uid, gid } = await stat(dataDir)
    for (const [name, file] of Object.entries({ 'server.key': made.key, 'server.crt': made.certificate })) {
      const copy = join(dataDir, name)
      await copyFile(file, copy)
      await chown(copy, uid, gid)
      await chmod(copy, 0o600)
    }
    await asSuperuser(async (client) => {
      await client.query('ALTER SYSTEM SET ssl = on')
      await client.query('SELECT pg_reload_conf()')
    })
  }

  async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }

  const created = async (...words: string[]) =>
    JSON.parse(await cli(trusting, ...words, '--json')) as Record<string, string>

  it('an export goes through all of them', async () => {
    expect(await cli(trusting, 'migrate')).toContain('up to date')
    await created('workspace', 'create', '--codename', 'demo', '--name', 'Demo')
    await created('chatbot', 'create', '--workspace', 'demo', '--name', 'bot', '--owner-user-id', 'u')
    const owner = ['--owner-name', 'Ana', '--owner-email', 'ana@example.com']
    const { token } = await created('key', 'create', '--workspace', 'demo', ...owner)
    const programs: Program[] = []
    try {
      for (const name of ['worker', 'gateway'] as const) programs.push(await startProgram(name, trusting))
      const api = new Client(`${env['PUBLIC_URL']}/api/v1`, token)
      await api.post('/leads', { name: 'Ana', email: 'lead@example.com' })
      const { body } = await api.post('/exports', { dataset: 'leads', format: 'csv' })
      await until('the export', async () => (await api.get(`/exports/${body.id}`)).body.state === 'completed')
      expect((await mailAbout(mailbox, body.id as string)).to).toEqual(['ana@example.com'])
      const { rows } = await asSuperuser((client) =>
        client.query<{ ssl: boolean; count: number }>(
          `SELECT ssl, count(*)::int FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
           WHERE usename LIKE 'leadferry_%' GROUP BY ssl`,
        ),
      )
      expect(rows).toEqual([{ ssl: true, count: expect.any(Number) }])
      const download = await api.get(`/exports/${body.id}/download`)
      const link = download.headers.get('location') ?? ''
      expect(link).toMatch(/^https:\/\/localhost:/)
      expect(await fetched(link)).toContain('lead@example.com')
    } finally {
      await Promise.all(programs.map((program) => program.stop(20_000)))
    }
    const said = await cli(trusting, 'doctor').catch(String)
    for (const part of ['database', 'storage', 'mail']) expect(said).toMatch(new RegExp(`ok\\s+${part}`))
  })

  async function fetched(url: string): Promise<string> {
    const ca = await readFile(certificate)
    return new Promise((resolve, reject) => {
      get(url, { ca }, (response) => text(response).then(resolve, reject)).on('error', reject)
    })
  }

  it('a certificate that nobody vouches for is refused, and the doctor says so of each part', async () => {
    const told = await cli(env, 'doctor', '--json').then(() => 'nothing was wrong', String)
    const results = JSON.parse(told.slice(told.indexOf('['), told.lastIndexOf(']') + 1)) as {
      check: string
      found: string
    }[]
    for (const part of ['database', 'storage', 'mail'])
      expect(results.find(({ check }) => check === part)).toMatchObject({
        ok: false,
        found: expect.stringMatching(/certificate/i),
      })
  })
})
