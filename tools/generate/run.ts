import { randomInt } from 'node:crypto'
import { type Arguments, readArguments, USAGE } from './arguments.js'
import { conversations } from './conversations.js'
import { disturbed } from './disturb.js'
import { Random } from './prng.js'
import { sendEvents } from './send/send-events.js'
import { writeEvents } from './write-events.js'

const PROGRESS_EVERY = 100_000

/** `npm run generate`: ends with 0 when every event got where it should, 1 when one did not, 2 when it could not begin. */
async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  let asked: Arguments
  try {
    asked = readArguments(args, Date.now(), randomInt(2 ** 32))
  } catch (error) {
    say(`${messageOf(error)}\n\n${USAGE}`)
    return 2
  }
  const { plan, disturbance, to } = asked
  say(`--seed ${plan.seed} --days ${plan.days} --end ${new Date(plan.end).toISOString()}`)
  const events = disturbed(conversations(plan), new Random(~plan.seed), disturbance)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  try {
    if ('file' in to) {
      const count = await writeEvents(to.file, events)
      say(`${count.toLocaleString('en-US')} events, ${seconds().toFixed(1)} s`)
      return 0
    }
    let told = 0
    const tally = await sendEvents(to, events, (sofar) => {
      if (sofar.events < told + PROGRESS_EVERY) return
      told = sofar.events
      say(`${told.toLocaleString('en-US')} events after ${seconds().toFixed(1)} s`)
    })
    process.stdout.write(`${tally.summary}\n${tally.speed(seconds())}\n`)
    return tally.rejected > 0 ? 1 : 0
  } catch (error) {
    say(messageOf(error))
    return 1
  }
}

/** Beside the events, which may go to standard output. */
const say = (line: string): void => void process.stderr.write(`${line}\n`)

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

process.exitCode = await main(process.argv.slice(2))
