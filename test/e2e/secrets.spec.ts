import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { TestContext } from '../support/context.js'
import { cli } from '../support/programs/cli.js'
import { launchProgram } from '../support/programs/programs.js'

describe('the secrets of an installation', () => {
  let context: TestContext
  let folder: string
  beforeAll(async () => {
    context = await TestContext.create()
    folder = await mkdtemp(join(tmpdir(), 'leadferry-secrets-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
    await context.close()
  })

  it.each(['gateway', 'worker'] as const)(
    'keep a %s that others reach from starting with the example',
    async (name) => {
      const secret = 'change-me-change-me-change-me-change-me'
      const env = { ...context.env, PUBLIC_URL: 'https://leads.example.com', APP_SECRET: secret }
      const program = launchProgram(name, env)
      expect(await program.exited).toContain('exited with code 1')
      const said = program.lines.join('\n')
      expect(said).toMatch(/APP_SECRET is /)
      expect(said).not.toContain(secret)
    },
  )

  it('are made by a command, each another, in a file for its owner that is never overwritten', async () => {
    const file = join(folder, '.env')
    await cli({}, 'secrets', 'create', '--file', file)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const made = await readFile(file, 'utf8')
    const values = Object.values(parseEnv(made))
    expect(new Set(values).size).toBe(7)
    for (const value of values) expect(value).toMatch(/^[0-9a-f]{64}$/)
    await expect(cli({}, 'secrets', 'create', '--file', file)).rejects.toThrow(/exists/)
    expect(await readFile(file, 'utf8')).toBe(made)
    expect(await cli({}, 'secrets', 'create')).toMatch(/^APP_SECRET=[0-9a-f]{64}$/m)
  })
})
