import { Logger } from '@nestjs/common'
import { type Config, Metrics, ObjectStore } from '#core'
import {
  ArchiveDaysService,
  ArchiveMetrics,
  CleanupService,
  DayBuilder,
  DayClaimsService,
  SliceBuilder,
} from '#exports'
import { TestContext, type TestWorkspace } from '../context.js'
import { type DayRow, type IndexRow } from './daily-archives.js'
import * as read from './daily-archives.js'
import { storedKeys } from '../store/stored-keys.js'

type Outcome = Awaited<ReturnType<DayBuilder['buildNext']>>

const nobody = { wake: () => Promise.resolve() }

/** What a builder has of its own. */
interface BuilderParts {
  store?: ObjectStore
  config?: Config
  limits?: SliceBuilder['limits']
}

/** The parts that build daily archives, without a queue or a clock: a test says when. Days have settled at once. */
export class ArchiveKit {
  readonly days = this.daysWith({})
  readonly claims = new DayClaimsService(this.context.database, this.context.config)
  readonly cleanup = new CleanupService(this.context.database, this.store)
  readonly builder = this.newBuilder()
  private made = 0

  private constructor(
    readonly context: TestContext,
    private readonly store: ObjectStore,
  ) {}

  static async start(): Promise<ArchiveKit> {
    // Attempts that fail are what is tested.
    Logger.overrideLogger(false)
    const context = await TestContext.create('postgres', { ARCHIVE_SETTLE_SECONDS: '0' })
    return new ArchiveKit(context, new ObjectStore(context.config))
  }

  sql(text: string, values?: unknown[]) {
    return this.context.testDatabase.superuser.query<Record<string, string>>(text, values)
  }

  daysWith(config: Partial<Config>): ArchiveDaysService {
    return new ArchiveDaysService(this.context.database, { ...this.context.config, ...config }, nobody)
  }

  newBuilder({ store = this.store, config = this.context.config, limits }: BuilderParts = {}): DayBuilder {
    const { database } = this.context
    const claims = new DayClaimsService(database, config)
    const slices = new SliceBuilder(database, store, claims, config)
    if (limits !== undefined) slices.limits = limits
    const cleanup = new CleanupService(database, store)
    return new DayBuilder(slices, claims, cleanup, new ArchiveMetrics(new Metrics()), config)
  }

  /** A workspace that was made so many days ago. */
  async workspace(timeZone = 'UTC', ageInDays = 0): Promise<TestWorkspace> {
    const tenant = await this.context.workspace(`days-${++this.made}`)
    await this.sql(
      `UPDATE workspaces SET time_zone = $2, created_at = now() - make_interval(days => $3) WHERE id = $1`,
      [tenant.workspace.id, timeZone, ageInDays],
    )
    return tenant
  }

  /** The account of what came in without one. */
  async implicit({ workspace }: TestWorkspace): Promise<string> {
    const { rows } = await this.sql('SELECT id FROM accounts WHERE workspace_id = $1 AND implicit', [
      workspace.id,
    ])
    return rows[0]!['id']!
  }

  ask({ workspace }: TestWorkspace, from: string, to = from) {
    return this.days.rebuild(workspace.id, { from, to })
  }

  /** Builds until nothing is due. */
  async buildAll(builder = this.builder): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    for (let outcome = await builder.buildNext(); outcome !== null; outcome = await builder.buildNext())
      outcomes.push(outcome)
    return outcomes
  }

  listed({ workspace }: TestWorkspace): Promise<IndexRow[]> {
    return read.dailyArchives(this.context, workspace.id)
  }

  table({ workspace }: TestWorkspace): Promise<DayRow[]> {
    return read.archiveDays(this.context, workspace.id)
  }

  contentOf(file: IndexRow) {
    return read.contentOf(this.context, file)
  }

  storedKeys(): Promise<string[]> {
    return storedKeys(this.context)
  }

  /** What a test left due is not the next one's, nor are its workspaces' days. */
  async forget(): Promise<void> {
    await this.sql(
      'DELETE FROM archive_days; DELETE FROM late_days; UPDATE workspaces SET created_at = now()',
    )
  }

  async close(): Promise<void> {
    this.store.close()
    await this.context.close()
  }
}
