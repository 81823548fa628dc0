import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../local-stack/ports.js'
import { compiled } from '../local-stack/project-root.js'

/** `npm run generate` as a process of its own. */
describe('npm run generate', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'leadferry-generate-'))))
  afterEach(() => rm(folder, { recursive: true }))

  function generate(args: string[], nodeArgs: string[] = []) {
    const command = [...nodeArgs, compiled('tools/generate/run.js'), ...args]
    return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, command, { maxBuffer: 1e8 }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
      )
    })
  }

  it('writes 300,000 events, 90 MB, with a heap of 32 MB', async () => {
    const file = join(folder, 'events.ndjson')
    const shares = ['--late', '0.02', '--duplicates', '0.01']
    const asked = ['--events', '300000', ...shares, '--seed', '1', '--out', file]
    const { code, stderr } = await generate(asked, ['--max-old-space-size=32'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^30\d,\d{3} events/m) })
    expect(await linesIn(file)).toBeGreaterThanOrEqual(302_000)
  }, 120_000)

  it('writes to standard output what it prints the seed and the end of', async () => {
    const first = await generate(['--events', '300', '--out', '-'])
    const [, ...again] = /^(--seed) (\d+) (--days) (\d+) (--end) (\S+)$/m.exec(first.stderr)!
    const second = await generate(['--events', '300', '--out', '-', ...again])
    expect(second.stdout).toBe(first.stdout)
    const events = first.stdout.trimEnd().split('\n')
    expect(events.map((line) => (JSON.parse(line) as { type: string }).type)).toHaveLength(300)
  })

  it('ends with 2 and the usage where it is not told where to, with 1 where nobody answers', async () => {
    const nowhere = await generate([])
    expect(nowhere.code).toBe(2)
    expect(nowhere.stderr).toMatch(/^needs --out.*\n\nnpm run generate/)
    const url = `http://127.0.0.1:${await freePort()}/api/v1`
    const nobody = await generate(['--url', url, '--key', 'k', '--codename', 'demo'])
    expect(nobody.code).toBe(1)
    expect(nobody.stderr).toContain('does not answer')
    expect((await generate(['--help'])).stdout).toContain('--in-flight')
  })
})

async function linesIn(file: string): Promise<number> {
  let lines = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte === 10) lines++
  }
  return lines
}
