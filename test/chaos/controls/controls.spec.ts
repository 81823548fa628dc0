import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { compiled } from '../../../tools/local-stack/project-root.js'
import { fairnessControls } from '../fairness/controls.js'
import { controls, type Guard } from './controls.js'
import { tamperingFor } from './tampering.js'

const load = (control: Guard, file: string) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `console.log(JSON.stringify(await import(${JSON.stringify(compiled(file))})))`,
    ],
    { env: { PATH: process.env['PATH'], ...tamperingFor(control).env }, encoding: 'utf8' },
  )

describe('a guard that is switched off', () => {
  it('is off in the process that loads it, and on the disk it is on', () => {
    const { mutations } = controls.fence
    const [{ file, find }] = mutations
    const { stdout } = load(controls.fence, file)
    const { heartbeat } = JSON.parse(stdout) as { heartbeat: string }
    expect(heartbeat).toContain('e.id = $1 AND $2::int IS NOT NULL AND')
    expect(readFileSync(compiled(file), 'utf8')).toContain(find)
  })

  it.each(Object.entries<Guard>({ ...controls, ...fairnessControls }))(
    '%s: what it changes is there to be changed',
    (_, { mutations }) => {
      for (const { file, find } of mutations) expect(readFileSync(compiled(file), 'utf8')).toContain(find)
    },
  )

  it('that is not there any more ends the process instead', () => {
    const file = 'libs/exports/src/claims/claims.sql.js'
    const nothing: Guard = { mutations: [{ file, find: 'no such text', replace: '' }], breaks: [] }
    const { status, stderr } = load(nothing, file)
    expect([status, stderr]).toEqual([1, expect.stringContaining('does not hold: no such text')])
  })
})
