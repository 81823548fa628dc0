import { randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { type ChaosRun, runChaos } from './chaos.js'
import { controls } from './controls/controls.js'
import { fairnessControls } from './fairness/controls.js'
import { type FairnessRun, runFairness } from './fairness/fairness.js'
import { fairnessReport } from './fairness/report.js'
import type { Finding } from './invariants/evidence.js'
import { type FairnessOptions, type FaultOptions, readOptions, USAGE } from './options.js'
import { report } from './report.js'

/** `npm run test:chaos`: exit code 0 when every promise was kept, and every switched-off guard was missed. */
async function main(): Promise<boolean> {
  if (process.argv.includes('--help')) {
    say(USAGE)
    return true
  }
  const { faults, fairness } = readOptions(process.argv.slice(2), randomInt(2 ** 32))
  let good = true
  for (const run of faults === null ? [] : faultRuns(faults)) good = (await strike(run)) && good
  for (const run of fairness === null ? [] : fairnessRuns(fairness)) good = (await abuse(run)) && good
  return good
}

function faultRuns({ seeds, backends, controls, exports, faults }: FaultOptions): ChaosRun[] {
  const runs = seeds.flatMap((seed) => backends.map((backend) => ({ seed, backend, exports, faults })))
  if (controls.length === 0) return runs
  return runs.flatMap((run) => controls.map((control) => ({ ...run, control })))
}

function fairnessRuns({ backends, controls, abuses, seconds }: FairnessOptions): FairnessRun[] {
  return backends.flatMap((backend): FairnessRun[] => {
    if (controls.length === 0) return [{ backend, abuses, seconds }]
    return controls.map((control) => ({
      backend,
      abuses: fairnessControls[control].abuses,
      seconds,
      control,
    }))
  })
}

async function strike(run: ChaosRun): Promise<boolean> {
  const { seed, backend, control } = run
  say(`seed ${seed}, ${backend}${without(control)}`)
  const result = await runChaos(run, (line) => say(`  ${line}`))
  say(report(result))
  const breaks = control === undefined ? undefined : controls[control].breaks
  return judged(`${seed}-${backend}`, result, breaks)
}

async function abuse(run: FairnessRun): Promise<boolean> {
  const { backend, control } = run
  say(`fairness, ${backend}${without(control)}`)
  const result = await runFairness(run, (line) => say(`  ${line}`))
  say(fairnessReport(result))
  const breaks = control === undefined ? undefined : fairnessControls[control].breaks
  return judged(`fairness-${backend}`, result, breaks)
}

const without = (control: string | undefined): string =>
  control === undefined ? '' : `, without the ${control}`

interface Judged {
  findings: readonly Finding[]
  /** What each process said. */
  logs: ReadonlyMap<string, string[]>
}

/** @param breaks invariants one of which must be broken; undefined: none may be */
async function judged(
  run: string,
  { findings, logs }: Judged,
  breaks: readonly string[] | undefined,
): Promise<boolean> {
  const broken = [...new Set(findings.map(({ invariant }) => invariant))]
  const good = breaks === undefined ? broken.length === 0 : breaks.some((name) => broken.includes(name))
  if (breaks === undefined) say(good ? 'every promise was kept\n' : `BROKEN: ${findings.length} findings`)
  else say(good ? `caught: ${broken.join(', ')} broke\n` : `NOT CAUGHT: ${breaks.join(', ')} held`)
  if (!good) await keepLogs(logs, join(projectRoot(), '.cache', 'chaos', run))
  return good
}

async function keepLogs(logs: ReadonlyMap<string, string[]>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, lines] of logs) await writeFile(join(folder, `${name}.log`), lines.join('\n'))
  say(`what gateways and workers said is in ${folder}\n`)
}

const say = (text: string) => process.stdout.write(`${text}\n`)

// The SDK would say which Node it will want in 2027; package.json says which one we want.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(2)
  },
)
