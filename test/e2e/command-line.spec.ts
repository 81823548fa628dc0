import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { run } from '../support/programs/run.js'

/** The ways to the command line that the documents name, as a person's shell has them. */
describe('the command line of a checkout', () => {
  let elsewhere: string

  beforeAll(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'leadferry-elsewhere-'))
  })
  afterAll(() => rm(elsewhere, { recursive: true }))

  it('bin/leadferry runs from any folder, also by a symbolic link, and takes files from there', async () => {
    const link = join(elsewhere, 'leadferry')
    await symlink(join(projectRoot(), 'bin/leadferry'), link)
    const create = () => run(link, ['secrets', 'create', '--file', '.env'], { cwd: elsewhere })
    await create()
    expect(await readFile(join(elsewhere, '.env'), 'utf8')).toContain('APP_SECRET=')
    await expect(create()).rejects.toThrow('.env exists')
  })

  it('npm run cli builds, then runs it with what follows --', async () => {
    const args = ['run', '--silent', 'cli', '--', 'doctor', '--help']
    expect(await run('npm', args, { cwd: projectRoot() })).toContain('Usage: leadferry doctor')
  }, 120_000)
})
