import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { compiled } from '../../tools/local-stack/project-root.js'
import { backends } from '../support/context.js'

/** A short run of `npm run test:chaos`, by another seed each time; what it printed says which, and `--seed` replays it. */
describe('under faults, every accepted export ends as was promised', () => {
  for (const { backend, suite } of backends) {
    suite(`the queue on ${backend}`, () => {
      it('25 exports and 12 faults', async () => {
        const args = ['--only', 'faults', '--exports', '25', '--faults', '12', '--backend', backend]
        const run = spawn(process.execPath, [compiled('test/chaos/run.js'), ...args], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        const printed = await text(run.stdout)
        expect(printed).toContain('every promise was kept')
      }, 300_000)
    })
  }
})
