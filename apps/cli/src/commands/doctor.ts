import { Command } from 'commander'
import { type Config, ConfigError, loadConfig } from '#core'
import { carryOut, type Check, type Result } from '../doctor/check.js'
import { clock } from '../doctor/clock.check.js'
import { database } from '../doctor/database.check.js'
import { gateway } from '../doctor/gateway.check.js'
import { instance } from '../doctor/instance.check.js'
import { mail } from '../doctor/mail.check.js'
import { queue } from '../doctor/queue.check.js'
import { storage } from '../doctor/storage.check.js'
import { workers } from '../doctor/workers.check.js'
import { jsonOption, print } from '../output.js'

/** In the order they are told: what others stand on comes first. */
const checks: readonly Check[] = [database, queue, storage, instance, mail, clock, workers, gateway]

export const doctorCommand = (): Command => new Command('doctor').addOption(jsonOption()).action(doctor)

async function doctor(options: { json?: true }): Promise<void> {
  const results = await examine()
  print(options, results, results.map(told).join('\n'))
  if (results.some(({ ok }) => !ok)) process.exitCode = 1
}

async function examine(): Promise<Result[]> {
  let config: Config
  try {
    config = loadConfig('worker')
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const advice = '.env.example documents every variable.'
    return error.problems.map(({ variable, problem }) => ({
      check: 'configuration',
      ok: false,
      found: `${variable} ${problem}.`,
      advice,
    }))
  }
  // One after another: each leaves the others alone, and the machine too.
  const results: Result[] = []
  for (const check of checks) results.push(await carryOut(check, config))
  return results
}

const told = (result: Result): string =>
  result.ok
    ? `ok     ${result.check}: ${result.found}`
    : `WRONG  ${result.check}: ${result.found}\n       ${result.advice}`
