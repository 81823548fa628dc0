import { standIn } from '../testing/stand-in.js'
import { goneWithin } from './processes.js'

describe('watching the parent', () => {
  it('notices that it was killed', async () => {
    const source = "import { watchParent } from '#dist/lifetime/watch-parent.js';"
    const stay =
      'watchParent(() => process.exit()); setInterval(() => undefined, 1000); console.log(process.pid)'
    const parent = standIn(`
      import { spawn } from 'node:child_process'
      const code = ${JSON.stringify(source + stay)}
      spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'inherit', 'inherit'] })
    `)
    const pid = await parent.next<number>()
    parent.kill('SIGKILL')
    expect(await goneWithin(pid, 10_000)).toBe(true)
  })
})
