import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compiled, projectRoot } from '../../tools/local-stack/project-root.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { run } from '../support/programs/run.js'
import { addLeads } from '../support/samples/leads.js'

/** The package as somebody gets it who installs it: nothing of the repository is beside it. */
describe('the package leadferry-client', () => {
  const root = projectRoot()
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  let folder: string
  let listing: { name: string; version: string; files: { path: string }[] }
  let context: TestContext
  let gateway: Program
  let worker: Program
  let demo: TestWorkspace

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadferry-client-'))
    // A copy, so that the build of this test leaves nothing in the sources.
    const source = join(folder, 'source')
    await cp(join(root, 'libs/client'), source, {
      recursive: true,
      filter: (path) => !path.startsWith(join(root, 'libs/client/dist')),
    })
    await run(process.execPath, [tsc, '-p', source], { cwd: source })
    const packed = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: source,
    })
    ;[listing] = JSON.parse(packed) as [typeof listing]
    const installed = join(folder, 'node_modules/leadferry-client')
    await mkdir(installed, { recursive: true })
    const tarball = join(folder, `${listing.name}-${listing.version}.tgz`)
    await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'], { cwd: folder })

    context = await TestContext.create()
    demo = await context.workspace('demo', 'en')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 10)
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
  }, 120_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is made from the document as the gateway has it today', async () => {
    await run(process.execPath, [compiled('tools/client/generate.js'), '--check'], { cwd: root })
  }, 60_000)

  it('holds the compiled modules, their types, a README and the license, and nothing else', async () => {
    const modules = ['calls', 'client', 'errors', 'generated', 'index', 'pages', 'send', 'wait-for-export']
    const compiledFiles = modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`])
    expect(listing.files.map(({ path }) => path).sort()).toEqual(
      ['LICENSE', 'README.md', 'package.json', ...compiledFiles].sort(),
    )
    expect(await readFile(join(root, 'libs/client/LICENSE'), 'utf8')).toBe(
      await readFile(join(root, 'LICENSE'), 'utf8'),
    )
  })

  it("its README's example compiles under strict types, and runs twice as it says", async () => {
    const readme = await readFile(join(root, 'libs/client/README.md'), 'utf8')
    const example = /```ts\n(.*?)```/s.exec(readme)![1]!
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'example.ts'), example)
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
    const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', ...types]
    await run(process.execPath, [tsc, ...options, 'example.ts'], { cwd: folder })

    const env = { LEADFERRY_URL: context.config.PUBLIC_URL, LEADFERRY_KEY: demo.key }
    const once = () => run(process.execPath, ['example.js'], { cwd: folder, env })
    const first = await once()
    const [, leadId] = /^created (lead_\w{16})$/m.exec(first)!
    expect(first).toMatch(/^exported 11 of 11 leads\nexp_\w{16} completed\n$/m)
    expect(await once()).toMatch(new RegExp(`^exists already as ${leadId}\nexported 11 of 11 leads\n`))
  }, 60_000)

  it('refuses wrong calls when they are compiled', async () => {
    const wrong = `import { createClient } from 'leadferry-client'
const api = createClient({ baseUrl: '', apiKey: '' })
// @ts-expect-error: a lead needs an email
void api.createWorkspaceLead({ body: { name: 'x' } })
// @ts-expect-error: no such format
void api.createExport({ body: { dataset: 'leads', format: 'pdf' } })
// @ts-expect-error: an export has an id
void api.getExport({})
// @ts-expect-error: a misspelled parameter
void api.listExports({ query: { sise: 1 } })
// @ts-expect-error: no field of an export
void api.listExports().then(({ data }) => data[0]?.nothing)
`
    await writeFile(join(folder, 'wrong.ts'), wrong)
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext']
    await run(process.execPath, [tsc, ...options, 'wrong.ts'], { cwd: folder })
  }, 60_000)
})
