import { randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { type ChaosResult, type ChaosRun, runChaos } from './chaos.js'
import { controls } from './controls/controls.js'
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
  if (control === undefined)
    return held(result, join(projectRoot(), '.cache', 'chaos', `${run.seed}-${run.backend}`))
  const broken = new Set(result.findings.map(({ invariant }) => invariant))
  const caught = controls[control].breaks.some((name) => broken.has(name))
  say(
    caught ? `caught: without the ${control}, ${[...broken].join(', ')} broke\n` : `NOT CAUGHT: ${control}\n`,
  )
  return caught
}

async function held({ findings, logs }: ChaosResult, folder: string): Promise<boolean> {
  if (findings.length === 0) {
    say('every promise was kept\n')
    return true
  }
  await mkdir(folder, { recursive: true })
  for (const [name, lines] of logs) await writeFile(join(folder, `${name}.log`), lines.join('\n'))
  say(`BROKEN: ${findings.length} findings; what gateways and workers said is in ${folder}\n`)
  return false
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
