import { leadId } from '#core'
import { FunnelsService, LeadsService } from '#leads'
import { TestContext, type TestWorkspace } from '../context.js'
import { type Answer, ask, type Call } from './http.js'
import { type Program, startProgram } from '../programs/programs.js'

/** What a refused request is to be told. */
export interface Refused {
  status?: number
  code?: string
  /** Absent where the whole request is wrong. */
  field?: string
}

/** What is in every table that a request may write to: leads as they are, of the others how many there are. */
const everything = `SELECT (SELECT md5(string_agg(l::text, '' ORDER BY id)) FROM leads l) AS leads,
  ${[
    'exports',
    'archive_days',
    'mail_outbox',
    'metadata_keys',
    'idempotency_keys',
    'workspaces',
    'api_keys',
    'chatbots',
    'funnels',
    'funnel_groups',
    'allowed_recipients',
  ]
    .map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`)
    .join(', ')}`

/** A gateway to send bad requests to, with two tenants, and a look at whether anything was written. */
export class Refusals {
  private constructor(
    readonly context: TestContext,
    readonly gateway: Program,
    readonly demo: TestWorkspace,
    readonly other: TestWorkspace,
    /** Of demo. */
    readonly leadId: string,
  ) {}

  static async start(): Promise<Refusals> {
    const context = await TestContext.create()
    const demo = await context.workspace('demo')
    const other = await context.workspace('other')
    const funnels = new FunnelsService(context.database)
    const group = { name: 'Group', interactions: ['a'], doubleCounting: false, newAt: 24 }
    for (const { workspace } of [demo, other]) await funnels.create(workspace.id, 'funnel', ['a'], [group])
    const lead = { name: 'Ana', email: 'ana@example.com', status: 'new', metadata: {} } as const
    const { hex } = await new LeadsService(context.database).create(demo.workspace.id, demo.chatbot.id, lead)
    return new Refusals(context, await startProgram('gateway', context.env), demo, other, leadId(hex))
  }

  get origin(): string {
    return this.context.config.PUBLIC_URL
  }

  /** Below /api/v1, with a key unless the call has an Authorization of its own. */
  send({ path, headers, ...call }: Call, { key } = this.demo): Promise<Answer> {
    const more = { Authorization: `Bearer ${key}`, ...headers }
    return ask(this.origin, { ...call, path: `/api/v1${path}`, headers: more })
  }

  /** To the admin port, below /admin/v1, with the root token unless the call has an Authorization of its own. */
  sendAdmin = ({ path, headers, ...call }: Call): Promise<Answer> => {
    const { ADMIN_PORT, ADMIN_TOKEN } = this.context.config
    const more = { Authorization: `Bearer ${ADMIN_TOKEN}`, ...headers }
    return ask(`http://127.0.0.1:${ADMIN_PORT}`, { ...call, path: `/admin/v1${path}`, headers: more })
  }

  /** Sends a request that is to be refused in the one envelope, with nothing written. */
  async expectRefused(
    call: Call,
    { status = 400, code = 'VALIDATION_ERROR', field }: Refused,
    send = (bad: Call) => this.send(bad),
  ): Promise<Answer> {
    const before = await this.written()
    const answer = await send(call)
    const { body } = answer
    expect([answer.status, body.code, body.details?.field]).toEqual([status, code, field])
    expect(body).toMatchObject({ success: false, error: expect.any(String), message: expect.any(String) })
    expect(body.requestId).toBe(answer.headers['x-request-id'])
    expect(await this.written()).toEqual(before)
    return answer
  }

  async close(): Promise<void> {
    await this.gateway.stop(10_000)
    await this.context.close()
  }

  private async written(): Promise<unknown> {
    return (await this.context.testDatabase.superuser.query(everything)).rows
  }
}

/** A JSON body and its content type. */
export const json = (body: unknown): Pick<Call, 'body' | 'headers'> => ({
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})
