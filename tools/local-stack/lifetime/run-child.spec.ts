import { EventEmitter, once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { standIn } from '../testing/stand-in.js'
import { goneWithin } from './processes.js'
import { runChild } from './run-child.js'

const STAY = 'setInterval(() => undefined, 1000); console.log(process.pid)'
const STUBBORN = `process.on('SIGTERM', () => undefined); ${STAY}`
/** Takes its time to end, logging to a pipe that nobody reads any more, and leaves a file behind when it got there. */
const LOGGING = `
  import { writeFileSync } from 'node:fs'
  const end = () => { writeFileSync(process.argv[1] + '.ended', ''); process.exit() }
  process.on('SIGTERM', () => { process.stdout.write('bye'); setTimeout(end, 50) })
  ${STAY}`

describe('a child program', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadferry-child-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function program(source: string): Promise<string> {
    const file = join(folder, 'program.mjs')
    await writeFile(file, source)
    return file
  }

  /** Runs the program from a launcher that can be killed. */
  async function fromLauncher(source: string) {
    const launcher = standIn(`
      import { runChild } from '#dist/lifetime/run-child.js'
      const print = (line) => console.log(line.replace('app | ', ''))
      runChild({ name: 'app', file: ${JSON.stringify(await program(source))}, env: {}, print })
    `)
    return { launcher, pid: await launcher.next<number>() }
  }

  it('has its output printed under its name', async () => {
    const lines: string[] = []
    const file = await program("console.log('one'); console.error('two')")
    const child = runChild({ name: 'app', file, env: {}, print: (line) => lines.push(line) })
    await expect(child.exited).resolves.toBe('exited with code 0')
    expect(lines.sort()).toEqual(['app | one', 'app | two'])
  })

  it('gets the time to end that it is given, and no more', async () => {
    const file = await program(STUBBORN)
    const started = new EventEmitter()
    const child = runChild({ name: 'app', file, env: {}, print: () => started.emit('line') })
    await once(started, 'line')
    await child.stop(100)
    await expect(child.exited).resolves.toBe('was ended by SIGKILL')
  })

  it.each([
    ['listens', STAY],
    ['does not listen', STUBBORN],
  ])('ends with a launcher that is killed when it %s', async (_, source) => {
    const { launcher, pid } = await fromLauncher(source)
    launcher.kill('SIGKILL')
    expect(await goneWithin(pid, 15_000)).toBe(true)
  })

  it('ends in order then, though its log lines fail', async () => {
    const { launcher, pid } = await fromLauncher(LOGGING)
    launcher.kill('SIGKILL')
    expect(await goneWithin(pid, 15_000)).toBe(true)
    await expect(readdir(folder)).resolves.toContain('program.mjs.ended')
  })
})
