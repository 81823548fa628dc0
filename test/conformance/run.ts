import { allCases } from './cases/all.js'
import { runKit } from './kit.js'
import { targetFrom, USAGE } from './options.js'
import { withoutSecrets } from './secrets.js'
import { count, legend, table } from './table.js'
import type { Target } from './target.js'

/**
 * `npm run conformance`: prints the table, and ends with 0 when no example failed, 1 when one did, 2 when it could
 * not begin.
 */
async function main(): Promise<number> {
  let target: Target
  try {
    target = targetFrom(process.argv.slice(2), process.env)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
    return 2
  }
  const outcomes = withoutSecrets(await runKit(target, allCases), target)
  process.stdout.write(
    [
      table(outcomes),
      `Substituted (the recorder on 127.0.0.1 passes on to ${target.url}):`,
      legend(outcomes),
      `${count(outcomes)}\n`,
    ].join('\n\n'),
  )
  return outcomes.some(({ result }) => result === 'fail') ? 1 : 0
}

process.exitCode = await main()
