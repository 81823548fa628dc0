import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { compiled } from '../../../../tools/local-stack/project-root.js'

/** Starts a process that logs, and goes on once it is told to. */
function logging(then: string) {
  const module = compiled('libs/core/src/logging/logger.js')
  const program = `
    import { createLogger } from '${module}'
    const logger = createLogger('test', { LOG_LEVEL: 'info', LOG_FORMAT: 'json' })
    logger.info({ token: 'secret' }, 'first')
    process.stdin.once('data', () => { ${then} })`
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

describe('log lines', () => {
  it('are out when a process exits right after the last, however many and long they are', async () => {
    const child = logging(
      `for (let n = 0; n < 2000; n++) logger.info({ n, text: 'é'.repeat(500) }, 'line'); process.exit(3)`,
    )
    let text = ''
    // Slower than they are written.
    child.stdout.on('data', (piece: Buffer) => (text += piece.toString('latin1')))
    child.stdin.write('go')
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(3)
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { n?: number; token?: string })
    expect(lines).toHaveLength(2001)
    expect(lines.at(-1)).toMatchObject({ n: 1999 })
    expect(lines[0]).toMatchObject({ token: '[redacted]' })
  })

  it('that nobody reads any more keep no process from ending', async () => {
    const child = logging(`logger.info('lost'); logger.info('lost too'); process.exit(4)`)
    await once(child.stdout, 'data')
    child.stdout.destroy()
    await once(child.stdout, 'close')
    child.stdin.write('go')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(4)
  }, 20_000)
})
