import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillConversations } from '../../tools/demo/fill-conversations.js'
import { fillDemo } from '../../tools/demo/fill-demo.js'
import { compiled } from '../../tools/local-stack/project-root.js'
import { TestContext } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

/** `npm run conformance` against a gateway and a worker with a small demo, as a stranger runs it. */
describe('npm run conformance', () => {
  let context: TestContext
  let programs: Program[]
  let folder: string
  let demo: Record<string, string>

  beforeAll(async () => {
    context = await TestContext.create()
    folder = await mkdtemp(join(tmpdir(), 'leadferry-conformance-'))
    const access = await fillDemo(context.env, folder, 20)
    const url = `${context.config.PUBLIC_URL}/api/v1`
    demo = { ...access, API_URL: url }
    programs = [await startProgram('gateway', context.env), await startProgram('worker', context.env)]
    const { API_KEY: key, CODENAME: codename } = access
    const people = 60
    await fillConversations({ url, key, codename }, context.env['MIGRATION_DATABASE_URL']!, folder, people)
  }, 60_000)
  afterAll(async () => {
    for (const program of programs) await program.stop(10_000)
    await context.close()
    await rm(folder, { recursive: true, force: true })
  })

  function conformance(args: string[], env: Record<string, string>) {
    const { PATH, HOME } = process.env
    const command = [compiled('test/conformance/run.js'), ...args]
    return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, command, { env: { PATH, HOME, ...env } }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
      )
    })
  }

  /** The rows that failed, each with its reasons. */
  const failuresIn = (report: string) => (report.match(/^.*FAIL.*\n(?: {4}.*\n)*/gm) ?? []).join('')

  it('every example of the four documents passes', async () => {
    const { code, stdout, stderr } = await conformance([], demo)
    expect(failuresIn(stdout) + stderr).toBe('')
    expect(stdout).toMatch(/^\d\d passed, 0 failed, \d+ skipped$/m)
    expect(stdout).not.toContain(demo['API_KEY'])
    expect(code).toBe(0)
  }, 120_000)

  it('with a key that opens nothing it fails', async () => {
    const { code, stdout } = await conformance(['--key', 'sk-workspace_wrong'], demo)
    expect(failuresIn(stdout)).toContain('answered 401')
    expect(code).toBe(1)
  }, 120_000)

  it('says what it needs', async () => {
    const { code, stderr } = await conformance([], {})
    expect(stderr).toMatch(/^needs --url and --key\n/)
    expect(code).toBe(2)
  })
})
