import { FunnelsService } from '#leads'
import { TestContext, type TestWorkspace } from './context.js'
import { type Answer, ask, type Call } from './http.js'
import { type Program, startProgram } from './programs.js'

/** What a refused request is to be told. */
export interface Refused {
  status?: number
  code?: string
  /** Absent where the whole request is wrong. */
  field?: string
}

const rows = `SELECT (SELECT count(*) FROM leads) + (SELECT count(*) FROM exports) + (SELECT count(*) FROM mail_outbox)
  + (SELECT count(*) FROM metadata_keys) AS n`

/** A gateway to send bad requests to, with two tenants, and a look at whether anything was written. */
export class Refusals {
  private constructor(
    readonly context: TestContext,
    readonly gateway: Program,
    readonly demo: TestWorkspace,
    readonly other: TestWorkspace,
  ) {}

  static async start(): Promise<Refusals> {
    const context = await TestContext.create()
    const demo = await context.workspace('demo')
    const other = await context.workspace('other')
    const funnels = new FunnelsService(context.database)
    const group = { name: 'Group', interactions: ['a'], doubleCounting: false, newAt: 24 }
    await funnels.create(demo.workspace.id, 'funnel', ['a'], [group])
    return new Refusals(context, await startProgram('gateway', context.env), demo, other)
  }

  get origin(): string {
    return this.context.config.PUBLIC_URL
  }

  /** Below /api/v1, with a key unless the call has an Authorization of its own. */
  send({ path, headers, ...call }: Call, { key } = this.demo): Promise<Answer> {
    const more = { Authorization: `Bearer ${key}`, ...headers }
    return ask(this.origin, { ...call, path: `/api/v1${path}`, headers: more })
  }

  /** Sends a request that is to be refused in the one envelope, with nothing written. */
  async expectRefused(
    call: Call,
    { status = 400, code = 'VALIDATION_ERROR', field }: Refused,
  ): Promise<Answer> {
    const before = await this.written()
    const answer = await this.send(call)
    const { body } = answer
    expect([answer.status, body.code, body.details?.field]).toEqual([status, code, field])
    expect(body).toMatchObject({ success: false, error: expect.any(String), message: expect.any(String) })
    expect(body.requestId).toBe(answer.headers['x-request-id'])
    expect(await this.written()).toBe(before)
    return answer
  }

  async close(): Promise<void> {
    await this.gateway.stop(10_000)
    await this.context.close()
  }

  private async written(): Promise<number> {
    const { rows: found } = await this.context.testDatabase.superuser.query<{ n: string }>(rows)
    return Number(found[0]!.n)
  }
}

/** A JSON body and its content type. */
export const json = (body: unknown): Pick<Call, 'body' | 'headers'> => ({
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})
