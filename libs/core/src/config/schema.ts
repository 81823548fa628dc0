import { isIP } from 'node:net'
import { z } from 'zod'
import { type QueueName, queueNames } from '../queues/catalog.js'
import { parseRedisUrl, REDIS_URL_FORMS } from '../queues/redis-url.js'

/** Where a variable is read: the gateway, the worker, the CLI's `migrate` and `instance`, or its other commands. */
export type ConfigScope = 'gateway' | 'worker' | 'migrate' | 'instance' | 'cli'

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    )
const postgresUrl = url('postgres:', 'postgresql:')
const redisUrl = z.string().superRefine((value, context) => {
  try {
    parseRedisUrl(value)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
  }
})
const queueUrl = z.string().superRefine((value, context) => {
  const { error } = (value.startsWith('redis') ? redisUrl : postgresUrl).safeParse(value)
  for (const { message } of error?.issues ?? []) context.addIssue({ code: 'custom', message })
})
const httpUrl = url('http:', 'https:')
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)
const port = whole(1, 65_535)
/** An address, or a network as 10.0.0.0/8. */
const isNetwork = (value: string): boolean => {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? []
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  return most > 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= most))
}
const secret = z.string().min(32, 'must have at least 32 characters')
const choice = <const T extends [string, ...string[]]>(...values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

interface Variable<S extends z.ZodType = z.ZodType> {
  schema: S
  doc: string
  /** What `.env.example` shows; equal to the default where there is one. */
  example: string
  /** Scopes that can't start without it. A variable without this line is optional or has a default. */
  requiredBy?: readonly ConfigScope[]
}
const variable = <S extends z.ZodType>(v: Variable<S>) => v

const runtime = ['gateway', 'worker'] as const
const database = [...runtime, 'instance', 'cli'] as const
const storage = [...runtime, 'instance'] as const

/**
 * Every variable the product reads, in the order `.env.example` prints them. Nothing else reads
 * `process.env`, so this page is the whole configuration, but for what `roles create` is given (its --help).
 */
export const variables = {
  DATABASE_URL: variable({
    schema: postgresUrl,
    doc: 'PostgreSQL as the role leadferry_app: tenant data, under row-level security',
    example: 'postgres://leadferry_app:secret@localhost:5432/leadferry',
    requiredBy: database,
  }),
  SYSTEM_DATABASE_URL: variable({
    schema: postgresUrl,
    doc: 'PostgreSQL as the role leadferry_system: control tables (keys, exports, archive index, outbox) only',
    example: 'postgres://leadferry_system:secret@localhost:5432/leadferry',
    requiredBy: database,
  }),
  MIGRATION_DATABASE_URL: variable({
    schema: postgresUrl,
    doc: 'PostgreSQL as the role leadferry_owner: owns the tables; read by migrations only',
    example: 'postgres://leadferry_owner:secret@localhost:5432/leadferry',
    requiredBy: ['migrate'],
  }),
  DATABASE_POOL: variable({
    schema: whole(1, 500).default(10),
    doc: 'connections per process and role; beside them each process has one or two for its locks',
    example: '10',
  }),
  QUEUE_URL: variable({
    schema: queueUrl.optional(),
    doc: `where BullMQ lives: postgres://…, ${REDIS_URL_FORMS}. Absent: REDIS_URL, else SYSTEM_DATABASE_URL`,
    example: 'redis://localhost:6379',
  }),
  REDIS_URL: variable({
    schema: redisUrl.optional(),
    doc: 'used for the queue when QUEUE_URL is absent',
    example: 'redis://localhost:6379',
  }),
  S3_ENDPOINT: variable({
    schema: httpUrl,
    doc: 'S3-compatible storage as gateway and worker reach it',
    example: 'http://localhost:9000',
    requiredBy: storage,
  }),
  S3_PUBLIC_ENDPOINT: variable({
    schema: httpUrl.optional(),
    doc: 'the same storage as a browser reaches it, for presigned links. Absent: S3_ENDPOINT',
    example: 'https://files.example.com',
  }),
  S3_REGION: variable({
    schema: z.string().min(1).default('us-east-1'),
    doc: 'region',
    example: 'us-east-1',
  }),
  S3_BUCKET: variable({
    schema: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket name'),
    doc: 'bucket for every file; it must exist',
    example: 'leadferry',
    requiredBy: storage,
  }),
  S3_ACCESS_KEY_ID: variable({
    schema: z.string().min(1),
    doc: 'credentials',
    example: 'leadferry',
    requiredBy: storage,
  }),
  S3_SECRET_ACCESS_KEY: variable({
    schema: z.string().min(1),
    doc: 'credentials',
    example: 'change-me',
    requiredBy: storage,
  }),
  S3_PATH_STYLE: variable({
    schema: choice('true', 'false')
      .default('true')
      .transform((value) => value === 'true'),
    doc: 'bucket in the path (MinIO and most compatible stores) rather than in the host name',
    example: 'true',
  }),
  S3_TIMEOUT_SECONDS: variable({
    schema: whole(1, 3600).default(60),
    doc: 'a call to the storage that makes no progress for so long is broken off; it is tried three times in all',
    example: '60',
  }),
  SMTP_URL: variable({
    schema: url('smtp:', 'smtps:'),
    doc: 'mail server, with user and password where it wants them',
    example: 'smtp://localhost:1025',
    requiredBy: ['worker'],
  }),
  MAIL_FROM: variable({
    schema: z.string().min(3).default('Leadferry <no-reply@leadferry.local>'),
    doc: 'sender of every mail',
    example: 'Leadferry <no-reply@leadferry.local>',
  }),
  SMTP_TIMEOUT_SECONDS: variable({
    schema: whole(1, 600).default(60),
    doc: 'how long the mail server may be silent; a connection and its greeting have 10 at most, the answer to a whole mail 600 at least',
    example: '60',
  }),
  PUBLIC_URL: variable({
    schema: httpUrl.transform((value) => value.replace(/\/+$/, '')),
    doc: 'the gateway as recipients of mails reach it; links begin with it',
    example: 'http://localhost:3000',
    requiredBy: runtime,
  }),
  APP_SECRET: variable({
    schema: secret,
    doc: 'signs download links and cursors; the same in every process. `openssl rand -hex 32` makes one; a placeholder is refused unless HOST and all URLs are loopback',
    example: 'change-me-change-me-change-me-change-me',
    requiredBy: runtime,
  }),
  HOST: variable({
    schema: z.string().min(1).default('127.0.0.1'),
    doc: 'address that PORT, ADMIN_PORT and METRICS_PORT are on; 0.0.0.0 in a container',
    example: '127.0.0.1',
  }),
  PORT: variable({ schema: port.default(3000), doc: "the gateway's port", example: '3000' }),
  ADMIN_PORT: variable({ schema: port.default(3001), doc: "the admin API's port", example: '3001' }),
  ADMIN_TOKEN: variable({
    schema: secret,
    doc: 'root token of the admin API; `openssl rand -hex 32` makes one, and a placeholder is refused as for APP_SECRET',
    example: 'change-me-change-me-change-me-change-me',
    requiredBy: ['gateway'],
  }),
  METRICS_PORT: variable({
    schema: port.optional(),
    doc: 'port of /metrics, for Prometheus, and of /health/live, on HOST; of a gateway or a worker, each its own. Absent: not served',
    example: '9464',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable({
    schema: httpUrl.optional(),
    doc: "where traces go, by OTLP over HTTP; absent: nothing is traced. OpenTelemetry's other variables are its own",
    example: 'http://localhost:4318',
  }),
  TRUSTED_PROXIES: variable({
    schema: z
      .string()
      .transform((value) => value.split(',').map((network) => network.trim()))
      .refine(
        (networks) => networks.every(isNetwork),
        'must be addresses or networks such as 10.0.0.0/8, with commas between them',
      )
      .optional(),
    doc: 'balancers whose X-Forwarded-For is believed: logins to the archive pages that fail are counted by address. Absent: none is',
    example: '10.0.0.0/8',
  }),
  RATE_LIMIT_PER_MINUTE: variable({
    schema: whole(0, 100_000_000).default(6000),
    doc: 'tokens a minute that each API key has, over all gateways; 0: no limit. A request costs one, ten events cost one more, an export or a download ten',
    example: '6000',
  }),
  IDEMPOTENCY_MEGABYTES_PER_DAY: variable({
    schema: whole(0, 2000).default(250),
    doc: 'megabytes of answers a day that are kept for the Idempotency-Keys of each API key; 0: no limit',
    example: '250',
  }),
  DOWNLOADS: variable({
    schema: choice('redirect', 'proxy').default('redirect'),
    doc: 'redirect: the browser fetches from storage by a presigned URL; proxy: through the gateway',
    example: 'redirect',
  }),
  DOWNLOAD_SLOTS: variable({
    schema: whole(1, 10_000).default(128),
    doc: 'with DOWNLOADS=proxy: downloads that one gateway streams at a time; a workspace may have a quarter of them, one link a sixteenth',
    example: '128',
  }),
  DOWNLOAD_STALL_SECONDS: variable({
    schema: whole(1, 3600).default(60),
    doc: 'with DOWNLOADS=proxy: a download whose reader takes nothing, or less than 1 KiB a second, for this long is cut off',
    example: '60',
  }),
  WORKER_QUEUES: variable({
    schema: z
      .string()
      .transform((value) => value.split(',').map((name) => name.trim()) as QueueName[])
      .refine(
        (names) => names.every((name) => queueNames.includes(name)) && new Set(names).size === names.length,
        `must be some of ${queueNames.join(', ')}, each once, with commas between them`,
      )
      .prefault(queueNames.join(',')),
    doc: 'queues this worker serves; every one needs a worker somewhere. Its janitors work whatever it serves',
    example: queueNames.join(','),
  }),
  WORKER_CONCURRENCY: variable({
    schema: whole(1, 64).default(2),
    doc: 'exports one worker renders at a time',
    example: '2',
  }),
  EXPORT_MAX_SECONDS: variable({
    schema: whole(1, 604_800).default(3600),
    doc: "an attempt at an export, or at a day's archives, that takes longer is ended and tried again: an open snapshot holds VACUUM back",
    example: '3600',
  }),
  EXPORT_GIVE_UP_SECONDS: variable({
    schema: whole(1, 2_592_000).default(86_400),
    doc: 'an export put off for longer than this (a store that stays down) fails',
    example: '86400',
  }),
  EXPORT_LEASE_SECONDS: variable({
    schema: whole(1, 3600).default(60),
    doc: 'after this long without a heartbeat another worker takes the export, or the day, over',
    example: '60',
  }),
  ARCHIVE_SETTLE_SECONDS: variable({
    schema: whole(0, 86_400).default(60),
    doc: 'a day is archived this long after it ended, and again this long after something came in late for it',
    example: '60',
  }),
  EVENT_ID_DAYS: variable({
    schema: whole(1, 3650).default(90),
    doc: 'how long an event id counts once; the same one later is an event of its own',
    example: '90',
  }),
  SWEEP_SECONDS: variable({
    schema: whole(1, 3600).default(10),
    doc: 'how often a worker looks for what no message announced',
    example: '10',
  }),
  DRAIN_SECONDS: variable({
    schema: whole(0, 3600).default(30),
    doc: 'how long SIGTERM waits for work under way before handing it back',
    example: '30',
  }),
  SHUTDOWN_DELAY_SECONDS: variable({
    schema: whole(0, 3600).default(0),
    doc: 'how long a gateway that got SIGTERM still accepts connections while /health/ready says 503: longer than a load balancer takes to see that',
    example: '0',
  }),
  LOG_LEVEL: variable({
    schema: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace').default('info'),
    doc: 'least severe level that is printed',
    example: 'info',
  }),
  LOG_FORMAT: variable({
    schema: choice('auto', 'json', 'pretty').default('auto'),
    doc: 'json: a line of JSON each; pretty: for people; auto: pretty on a terminal',
    example: 'auto',
  }),
} as const

type Variables = typeof variables
/** Every variable, checked and typed. Those that a scope does not need may be missing at run time only where they are optional. */
export type Config = { [K in keyof Variables]: z.output<Variables[K]['schema']> }
