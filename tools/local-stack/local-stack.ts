import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fillConversations, hasConversations } from '../demo/fill-conversations.js'
import { fillDemo } from '../demo/fill-demo.js'
import { writeVariables } from '../env-file.js'
import { ChildLog } from './child-log.js'
import { prepareDatabase } from './database.js'
import { BUCKET, environment, S3_ACCESS_KEY_ID } from './environment.js'
import { closeFolder } from './close-folder.js'
import { runChild } from './lifetime/run-child.js'
import { startMailbox } from './mailbox/server.js'
import { assertPortFree } from './ports.js'
import { startPostgres } from './postgres/postgres.js'
import { type ProgramName, programOf } from './programs.js'
import { startS3Server } from './s3/server.js'
import { keptSecrets, type Secrets } from './secrets.js'
import { portLabels, type PortVariable, readSettings, type Settings } from './settings.js'
import { type DemoEnvironment, welcome } from './welcome.js'

const READY_WITHIN_MS = 60_000
const STOP_GRACE_MS = 15_000

/** The whole product on one machine: what `npm start` brings up, in the order in which it depends on itself. */
export class LocalStack {
  /** What was started, in that order; it is stopped in the other. */
  private readonly running: { name: string; stop: () => Promise<void> }[] = []
  private stopping = false

  /** @param onEnd called when a part that should run has ended by itself */
  async start(onEnd: (why: string) => void): Promise<void> {
    const began = performance.now()
    const settings = readSettings()
    const { ports, dataDir } = settings
    for (const name of Object.keys(ports) as PortVariable[]) {
      if (name !== 'POSTGRES_PORT') await assertPortFree(ports[name], portLabels[name], name)
    }
    await closeFolder(dataDir, ['postgres'])
    await mkdir(join(dataDir, 'logs'), { recursive: true })
    const secrets = await keptSecrets(dataDir)
    const env = { ...queueOf(process.env), ...environment(settings, secrets) }
    await writeVariables(join(dataDir, 'leadferry.env'), env, 'export ')

    await this.startServers(settings, secrets, env, onEnd)
    say('demo data …')
    const demo = await fillDemo(env, dataDir)
    const access = { ...demo, ...addresses(settings, secrets) }
    await this.startPrograms(access, settings, env, onEnd)
    if (this.stopping) return

    await writeVariables(join(dataDir, 'demo.env'), { ...access })
    process.stdout.write(welcome(access, settings, (performance.now() - began) / 1000))
  }

  /** A call, because a field that was looked at once would be taken for unchanged across an await. */
  private isStopping = (): boolean => this.stopping

  /** Programs first, then what they stand on. */
  async stop(): Promise<void> {
    this.stopping = true
    for (const part of this.running.splice(0).reverse()) await part.stop()
  }

  private async startServers(
    { ports, dataDir }: Settings,
    secrets: Secrets,
    env: Record<string, string>,
    onEnd: (why: string) => void,
  ): Promise<void> {
    say('PostgreSQL …')
    const postgres = await startPostgres({
      dataDir: join(dataDir, 'postgres'),
      port: ports.POSTGRES_PORT,
      portVariable: 'POSTGRES_PORT',
      log: join(dataDir, 'logs', 'postgres.log'),
    })
    this.keep('PostgreSQL', () => postgres.stop(), postgres.exited, onEnd)
    const s3 = await startS3Server({
      dataDir: join(dataDir, 's3'),
      port: ports.S3_PORT,
      accessKeyId: S3_ACCESS_KEY_ID,
      secretAccessKey: secrets.s3,
      buckets: [BUCKET],
    })
    this.keep('S3 server', () => s3.close())
    const mailbox = await startMailbox({
      dataDir: join(dataDir, 'mailbox'),
      smtpPort: ports.SMTP_PORT,
      httpPort: ports.MAIL_PORT,
    })
    this.keep('mailbox', () => mailbox.close())
    say('migrations …')
    await prepareDatabase(postgres.url, env['MIGRATION_DATABASE_URL'] ?? '', secrets)
  }

  /** The worker last where conversations are still to come: it would build the archives of their days over and over. */
  private async startPrograms(
    { API_URL: url, API_KEY: key, CODENAME: codename }: DemoEnvironment,
    { dataDir, ports }: Settings,
    env: Record<string, string>,
    onEnd: (why: string) => void,
  ): Promise<void> {
    const metrics = { gateway: ports.GATEWAY_METRICS_PORT, worker: ports.WORKER_METRICS_PORT }
    const start = (name: ProgramName) =>
      this.startProgram(name, dataDir, { ...env, METRICS_PORT: String(metrics[name]) }, onEnd)
    say('gateway and worker …')
    if (await hasConversations(dataDir)) {
      await Promise.all([start('worker'), start('gateway')])
      return
    }
    await start('gateway')
    if (this.isStopping()) return
    say('conversations …')
    await fillConversations({ url, key, codename }, env['MIGRATION_DATABASE_URL'] ?? '', dataDir)
    await start('worker')
  }

  /** Starts gateway or worker and waits until it says that it is ready. */
  private async startProgram(
    name: ProgramName,
    dataDir: string,
    env: Record<string, string>,
    onEnd: (why: string) => void,
  ): Promise<void> {
    if (this.isStopping()) return
    const log = new ChildLog(join(dataDir, 'logs', `${name}.log`), say)
    const now = { ready: false, ended: false }
    const print = (line: string) => {
      now.ready ||= line.includes(`"${name} ready"`)
      log.print(line)
    }
    const { env: tuning, ...program } = programOf(name)
    const child = runChild({
      name,
      ...program,
      env: { ...tuning, ...process.env, ...env },
      print,
    })
    void child.exited.then(() => (now.ended = true))
    this.keep(name, () => child.stop(STOP_GRACE_MS), child.exited, onEnd)
    for (
      const until = Date.now() + READY_WITHIN_MS;
      !now.ready && !now.ended && !this.isStopping();
      await sleep(20)
    ) {
      if (Date.now() > until)
        throw new Error(`the ${name} was not ready within a minute, see ${dataDir}/logs`)
    }
  }

  private keep(
    name: string,
    stop: () => Promise<void>,
    exited?: Promise<string>,
    onEnd?: (why: string) => void,
  ): void {
    this.running.push({ name, stop })
    void exited?.then((how) => {
      if (!this.stopping) onEnd?.(`The ${name} has ended: it ${how}.`)
    })
  }
}

function addresses(
  { ports }: Settings,
  { adminToken }: Secrets,
): Omit<DemoEnvironment, 'API_KEY' | 'APP_TOKEN' | 'CODENAME' | 'CHATBOT_ID'> {
  return {
    API_URL: `http://localhost:${ports.PORT}/api/v1`,
    MAIL_URL: `http://localhost:${ports.MAIL_PORT}`,
    ADMIN_URL: `http://localhost:${ports.ADMIN_PORT}`,
    ADMIN_TOKEN: adminToken,
  }
}

/** The queue that a person's shell names, for the command line to find it too. */
function queueOf({ QUEUE_URL, REDIS_URL }: NodeJS.ProcessEnv): Record<string, string> {
  return { ...(QUEUE_URL ? { QUEUE_URL } : {}), ...(REDIS_URL ? { REDIS_URL } : {}) }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
