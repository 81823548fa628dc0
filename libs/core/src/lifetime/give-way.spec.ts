import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { compiled } from '../../../../tools/local-stack/project-root.js'
import { describeWhen } from '../../../../test/support/when.js'

/** Prints the niceness of the process and of its session after each call. */
const script = (calls: number[]) => `
  import { readFileSync } from 'node:fs'
  import { getPriority } from 'node:os'
  import { giveWay } from '${compiled('libs/core/src/lifetime/give-way.js')}'
  for (const niceness of ${JSON.stringify(calls)}) {
    giveWay(niceness)
    const session = /nice (-?\\d+)/.exec(readFileSync('/proc/self/autogroup', 'latin1'))?.[1]
    console.log(getPriority(), session)
    // The kernel lets a process change it once in 100 ms, unless it is root's.
    await new Promise((resolve) => setTimeout(resolve, 150))
  }`

const autogroup = '/proc/self/autogroup'
const hasSessions = existsSync(autogroup) && readFileSync(autogroup, 'latin1').includes('nice')

describeWhen(hasSessions, 'this system does not schedule sessions')('giveWay', () => {
  const run = (before: string[], ...calls: number[]): string[] => {
    const [command, ...args] = [...before, process.execPath, '--input-type=module', '-e', script(calls)]
    return execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n')
  }

  it('sets the niceness of a process and of the session that it leads, and lowers neither', () => {
    expect(run(['setsid', '--wait'], 5, 3, 7)).toEqual(['5 5', '5 5', '7 7'])
  })

  it('leaves a session alone that another process leads', () => {
    expect(run(['setsid', '--wait', 'sh', '-c', '"$@"; true', 'sh'], 5)).toEqual(['5 0'])
  })
})
