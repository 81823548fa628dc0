import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../tools/local-stack/ports.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { Client } from '../support/api/client.js'
import { scrape } from '../support/api/exposition.js'
import { mailAbout } from '../support/mail/mails.js'
import { run } from '../support/programs/run.js'
import { until } from '../support/until.js'

interface Group {
  name: string
  interactions: string[]
}

/** `npm start` as a person runs it, on ports and in a data folder of its own. */
describe('npm start', () => {
  const names = [
    'PORT',
    'ADMIN_PORT',
    'MAIL_PORT',
    'SMTP_PORT',
    'S3_PORT',
    'POSTGRES_PORT',
    'GATEWAY_METRICS_PORT',
    'WORKER_METRICS_PORT',
  ] as const
  const ports: Record<string, string> = {}
  let dataDir: string
  let npm: ChildProcess
  let output = ''

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'leadferry-start-'))
    for (const name of names) ports[name] = String(await freePort())
  })
  afterAll(async () => {
    if (npm.exitCode === null) npm.kill('SIGTERM')
    await quiet()
    await rm(dataDir, { recursive: true, force: true })
  })

  function start(more: Record<string, string> = {}): void {
    output = ''
    // Not the test's own Redis or database: what a person's shell has is none of these.
    const { PATH, HOME } = process.env
    const child = spawn('npm', ['start'], { env: { PATH, HOME, ...ports, DATA_DIR: dataDir, ...more } })
    npm = child
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => (output += data.toString()))
    }
  }
  const ready = async () => {
    while (!output.includes('Leadferry is ready')) {
      if (npm.exitCode !== null) throw new Error(output)
      await sleep(50)
    }
  }
  const launcher = async () => Number((await children(npm.pid!)).at(-1))
  const isOpen = (port: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
  /** No port answers and no process of this data folder is left. */
  const quiet = () =>
    until('every port and process to be gone', async () => {
      const open = await Promise.all(Object.values(ports).map(isOpen))
      return !open.includes(true) && (await processesNaming(dataDir)).length === 0
    })
  const demo = async (): Promise<Record<string, string>> => {
    const text = await readFile(join(dataDir, 'demo.env'), 'utf8')
    return Object.fromEntries(
      [...text.matchAll(/^(\w+)='(.*)'$/gm)].map(([, name, value]) => [name!, value!]),
    )
  }

  it('comes up from nothing, prints a key and a curl that works, and mails the file', async () => {
    start()
    await ready()
    const env = await demo()
    expect(Object.keys(env).sort()).toEqual([
      'ADMIN_TOKEN',
      'ADMIN_URL',
      'API_KEY',
      'API_URL',
      'APP_TOKEN',
      'CHATBOT_ID',
      'CODENAME',
      'MAIL_URL',
    ])
    expect(output).toContain(env['API_KEY'])
    const curl = /curl -X POST \S+\/exports .*'$/m.exec(output)![0]
    const pasted = spawn('sh', ['-c', `${curl} -s`])
    const [answer] = (await once(pasted.stdout, 'data')) as [Buffer]
    const { id } = JSON.parse(answer.toString()) as { id: string }
    const mail = await mailAbout({ url: env['MAIL_URL']! }, id)
    expect(mail.to).toEqual(['demo@leadferry.local'])
    const api = new Client(env['API_URL']!, env['API_KEY'])
    expect((await api.get(`/exports/${id}`)).body).toMatchObject({ state: 'completed', rows: 50_000 })
  }, 120_000)

  it('the command line works on its data, and both programs tell their metrics', async () => {
    const command = `. ${join(dataDir, 'leadferry.env')} && exec bin/leadferry doctor`
    const bare = ['-i', `PATH=${process.env['PATH']}`, 'sh', '-c', command]
    const said = await run('env', bare, { cwd: projectRoot() })
    expect(said.match(/^ok +\w+/gm)).toHaveLength(said.split('\n').filter((line) => line !== '').length)
    expect(said).toMatch(/^ok +gateway/m)
    for (const name of ['GATEWAY_METRICS_PORT', 'WORKER_METRICS_PORT'])
      expect((await scrape(`http://127.0.0.1:${ports[name]}`)).values.size).toBeGreaterThan(20)
  }, 60_000)

  it('has conversations: in every funnel group records of people who stopped at each of its steps', async () => {
    const env = await demo()
    const api = new Client(env['API_URL']!, env['API_KEY'])
    const { body } = await api.get(`/${env['CODENAME']!}/lead/funnels`)
    const funnels = Object.entries(body.funnels as Record<string, { groups: Group[] }>)
    expect(funnels.length).toBeGreaterThan(2)
    for (const [funnel, { groups }] of funnels) {
      for (const { name, interactions } of groups) {
        const query = new URLSearchParams({ funnel, funnelGroup: name, limit: '100' })
        const records = await api.get(`/${env['CODENAME']!}/lead/records?${query.toString()}`)
        const objects = records.body.objects as { interaction: { last: string } }[]
        const lasts = new Set(objects.map(({ interaction }) => interaction.last))
        expect([...lasts].sort()).toEqual([...interactions].sort())
      }
    }
  })

  it('a second start beside it names the port that is taken, and ends', async () => {
    const first = npm
    start()
    const [code] = (await once(npm, 'exit')) as [number]
    npm = first
    expect(code).toBe(1)
    expect(output).toMatch(new RegExp(`port ${ports['PORT']} .*PORT.* is taken`))
  }, 30_000)

  it.each([
    ['kill -9 of the launcher', async () => process.kill(await launcher(), 'SIGKILL')],
    ['kill -9 of npm', () => Promise.resolve(npm.kill('SIGKILL'))],
    ['SIGTERM', async () => process.kill(await launcher(), 'SIGTERM')],
    ['Ctrl-C', async () => process.kill(await launcher(), 'SIGINT')],
  ])(
    '%s leaves no process and no port behind, and the next start finds its data',
    async (_name, end) => {
      const before = await demo()
      await end()
      await quiet()
      start()
      await ready()
      expect(await demo()).toEqual(before)
      const { body } = await new Client(before['API_URL']!, before['API_KEY']).get('/exports')
      expect(body.data).toHaveLength(1)
    },
    60_000,
  )

  it('a wrong port is named before anything is started', async () => {
    process.kill(await launcher(), 'SIGINT')
    await quiet()
    start({ S3_PORT: 'abc' })
    const [code] = (await once(npm, 'exit')) as [number]
    expect(code).toBe(1)
    expect(output).toContain('S3_PORT must be a port from 1 to 65535')
  }, 30_000)
})

/** Pids of the children of a process, as the kernel lists them. */
async function children(pid: number): Promise<string[]> {
  const listing = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return listing.trim().split(' ').filter(Boolean)
}

/** Pids of processes whose command line or environment names a folder. */
async function processesNaming(folder: string): Promise<string[]> {
  const { readdir } = await import('node:fs/promises')
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
  const named = await Promise.all(
    pids.map(async (pid) => {
      const texts = await Promise.all(
        ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      )
      return texts.some((text) => text.includes(folder))
    }),
  )
  return pids.filter((_, i) => named[i])
}
