import { randomInt } from 'node:crypto'
import { fuzz, type FuzzReport, refusedAtTheDoor, summaryOf } from '../fuzz/fuzz.js'
import { Judge } from '../fuzz/judge.js'
import type { ApiDocument } from '../fuzz/operations.js'
import { PATIENCE_MS, Sender } from '../fuzz/send.js'
import { everything, makeTenant, secretsOf, type Tenant } from '../fuzz/tenants.js'
import { TestContext } from '../support/context.js'
import { Contract } from '../support/api/contract.js'
import { type Program, startProgram } from '../support/programs/programs.js'

const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31))
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 20_000)
const MINUTES = 60_000

describe(`a fuzz of the public port, FUZZ_SEED=${seed}`, () => {
  let context: TestContext
  let gateway: Program
  let ours: Tenant
  let theirs: Tenant
  let judge: Judge
  let report: FuzzReport
  let before: { ours: string; theirs: string }

  beforeAll(async () => {
    context = await TestContext.create('postgres', {
      RATE_LIMIT_PER_MINUTE: '100000000',
      // Its warning about Node would be a line of the log that is no entry.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    })
    gateway = await startProgram('gateway', context.env)
    ours = await makeTenant(context, 'ourcanary')
    theirs = await makeTenant(context, 'theircanary')
    before = {
      ours: await everything(context, ours.workspace.id),
      theirs: await everything(context, theirs.workspace.id),
    }
    const origin = context.config.PUBLIC_URL
    const document = (await (await fetch(`${origin}/openapi.json`)).json()) as ApiDocument
    judge = new Judge(await Contract.of(origin), await secretsOf(context, theirs, ours))
    report = await fuzz(
      { origin, document, key: ours.key, own: ours.values, other: theirs.values, judge },
      { seed, requests },
    )
    process.stdout.write(`${summaryOf(report)}\n`)
  }, 30 * MINUTES)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  it('finds no fault of ours, no hang, nothing undocumented and no byte of another workspace', () => {
    expect(report.failures.join('\n\n')).toBe('')
    expect(report.requests).toBeGreaterThanOrEqual(requests)
  })

  it('would have seen such bytes', async () => {
    const headers = [['Authorization', `Bearer ${theirs.key}`]] as const
    const call = { method: 'GET', path: '/api/v1/leads', headers }
    const sender = new Sender(context.config.PUBLIC_URL, PATIENCE_MS)
    const faults = judge.faultsOf(call, await sender.send(call))
    sender.close()
    const leak = 'it has a byte of another workspace: '
    expect(faults).toContainEqual(expect.stringMatching(`^${leak}theircanary-email-\\d+$`))
    expect(faults).toContain(leak + theirs.workspace.id.replace('ws_', ''))
  })

  it('got through to every operation', () => {
    expect({ refused: refusedAtTheDoor(report), statuses: report.statuses }).toMatchObject({ refused: [] })
  })

  it('changed much of its own workspace, and nothing of the other', async () => {
    expect(await everything(context, ours.workspace.id)).not.toBe(before.ours)
    expect(before.theirs).toContain('theircanary-value-1')
    expect(await everything(context, theirs.workspace.id)).toBe(before.theirs)
  })

  it('left a gateway that answers, and logged no error and no secret', async () => {
    const { status } = await fetch(`${context.config.PUBLIC_URL}/health/ready`)
    expect(status).toBe(200)
    // What is no entry at all was not meant to be printed either.
    const levelOf = (line: string) => Number(/"level":(\d+)/.exec(line)?.[1] ?? 60)
    expect(gateway.lines.filter((line) => levelOf(line) >= 50)).toEqual([])
    const printed = gateway.lines.join('\n')
    for (const secret of [ours.key, ours.appToken, theirs.appToken]) expect(printed).not.toContain(secret)
  })
})
