import { randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { type ChaosResult, type ChaosRun, runChaos } from './chaos.js'
import { type ControlName, controls } from './controls/controls.js'
import { readOptions, USAGE } from './options.js'
import { report } from './report.js'

/** `npm run test:chaos`: exit code 0 when every promise was kept, and every switched-off guard was missed. */
async function main(): Promise<boolean> {
  if (process.argv.includes('--help')) {
    say(USAGE)
    return true
  }
  const options = readOptions(process.argv.slice(2), randomInt(2 ** 32))
  let good = true
  for (const seed of options.seeds)
    for (const backend of options.backends) {
      const { exports, faults } = options
      const runs: ChaosRun[] =
        options.controls.length === 0
          ? [{ seed, backend, exports, faults }]
          : options.controls.map((control) => ({ seed, backend, exports, faults, control }))
      for (const run of runs) good = (await once(run)) && good
    }
  return good
}

async function once(run: ChaosRun): Promise<boolean> {
  const { control } = run
  say(`seed ${run.seed}, ${run.backend}${control === undefined ? '' : `, without the ${control}`}`)
  const result = await runChaos(run, (line) => say(`  ${line}`))
  say(report(result))
  const good = control === undefined ? held(result) : caught(control, result)
  if (!good) await keepLogs(result, join(projectRoot(), '.cache', 'chaos', `${run.seed}-${run.backend}`))
  return good
}

function held({ findings }: ChaosResult): boolean {
  say(findings.length === 0 ? 'every promise was kept\n' : `BROKEN: ${findings.length} findings`)
  return findings.length === 0
}

function caught(control: ControlName, { findings }: ChaosResult): boolean {
  const broken = new Set(findings.map(({ invariant }) => invariant))
  const found = controls[control].breaks.some((name) => broken.has(name))
  say(found ? `caught: without the ${control}, ${[...broken].join(', ')} broke\n` : `NOT CAUGHT: ${control}`)
  return found
}

async function keepLogs({ logs }: ChaosResult, folder: string): Promise<void> {
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
