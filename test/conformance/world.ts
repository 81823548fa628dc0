import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Api } from './api.js'
import { needed, type Target } from './target.js'

/** A lead that was made so that lists have one. */
export interface MadeLead {
  id: string
  email: string
  /** Its day in UTC, YYYY-MM-DD. */
  day: string
}

/** A pass through a funnel group that the deployment has a record of. */
export interface Pass {
  funnel: string
  group: string
  account: string
  /** When it began. */
  at: Date
}

const PATIENCE_MS = 20_000
const POLL_MS = 250

/**
 * What examples need of the deployment and nobody gave: made or found once, when the first example asks for it.
 * @throws Error from each of the finders: the examples that need it fail with that sentence
 */
export class World {
  private readonly api: Api

  constructor(
    readonly target: Target,
    /** The recorder's origin: where examples send their requests, and it passes them on. */
    readonly recorder: URL,
  ) {
    this.api = new Api(target)
  }

  /** The base URL for examples: the deployment's, with the recorder's origin. */
  get base(): string {
    return `${this.recorder.origin}${this.path}`
  }

  /** Path of the base URL. */
  get path(): string {
    return new URL(this.target.url).pathname
  }

  newEmail = (): string => `john.doe.${randomBytes(6).toString('hex')}@example.com`

  readonly lead = once(async (): Promise<MadeLead> => {
    const chatbot = needed(this.target, 'chatbot')
    const lead = { name: 'John Doe', email: this.newEmail(), phone: '+1-555-123-4567' }
    const { data } = await this.api.post<{ data: { id: string; createdAt: string } }>(
      `/chatbots/${chatbot}/leads`,
      lead,
    )
    return { id: data.id, email: lead.email, day: data.createdAt.slice(0, 10) }
  })

  /** One that a list of records is not empty for. */
  readonly pass = once(async (): Promise<Pass> => {
    const { funnel, group } = this.target
    const choices = funnel !== undefined && group !== undefined ? [{ funnel, group }] : await this.groups()
    for (const choice of choices) {
      const query = { funnel: choice.funnel, funnelGroup: choice.group, limit: '1' }
      const { objects } = await this.chatTonic<{ objects: { account: string; createdAt: string }[] }>(
        'lead/records',
        query,
      )
      const [record] = objects
      if (record !== undefined) return { ...choice, account: record.account, at: new Date(record.createdAt) }
    }
    throw new Error('no funnel group of this workspace has a record: lead/records would prove nothing')
  })

  /** Funnel and group as given, or of a pass. */
  async funnelGroup(): Promise<{ funnel: string; group: string }> {
    const { funnel, group } = this.target
    return funnel !== undefined && group !== undefined ? { funnel, group } : this.pass()
  }

  async account(): Promise<string> {
    return this.target.account ?? (await this.pass()).account
  }

  /** Name of a chatbot. Only files have it: so one is asked for, of the records of one second. */
  readonly bot = once(async (): Promise<string> => {
    if (this.target.bot !== undefined) return this.target.bot
    const { funnel, group, at } = await this.pass()
    const startDate = at.toISOString()
    const endDate = new Date(at.getTime() + 1000).toISOString()
    const filter = { funnel, funnelGroup: group, startDate, endDate }
    const body = { dataset: 'records', format: 'json', columns: ['bot'], filter }
    const { id } = await this.api.post<{ id: string }>('/exports', body)
    await patiently(`export ${id} to complete`, async () => {
      const { state } = await this.api.get<{ state: string }>(`/exports/${id}`)
      return state === 'completed' ? state : undefined
    })
    const [record] = await this.api.get<{ bot: string }[]>(`/exports/${id}/download`)
    if (record === undefined) throw new Error('no bot was found: give --bot')
    return record.bot
  })

  /** Path of a file in the archive; lead/export has just asked for one if there was none. */
  readonly archiveName = once(() =>
    patiently('a file in the archive (archive/list, csv)', () => this.firstFile('')),
  )

  private async groups(): Promise<{ funnel: string; group: string }[]> {
    const { funnels } = await this.chatTonic<{ funnels: Record<string, { groups: { name: string }[] }> }>(
      'lead/funnels',
      { limit: '100' },
    )
    return Object.entries(funnels).flatMap(([funnel, { groups }]) =>
      groups.map(({ name }) => ({ funnel, group: name })),
    )
  }

  private async firstFile(prefix: string): Promise<string | undefined> {
    const { objects } = await this.chatTonic<{ objects: { complete: string }[] }>('archive/list', {
      format: 'csv',
      prefix,
    })
    for (const { complete } of objects) {
      const file = complete.endsWith('/') ? await this.firstFile(complete) : complete
      if (file !== undefined) return file
    }
    return undefined
  }

  private chatTonic<T>(path: string, query: Record<string, string>): Promise<T> {
    return this.api.get<T>(
      `/${needed(this.target, 'codename')}/${path}?${new URLSearchParams(query).toString()}`,
    )
  }
}

/** Does the work for the first who asks, and for nobody else; a failure is everybody's. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => (answer ??= work())
}

async function patiently<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`)
    await sleep(POLL_MS)
  }
}
