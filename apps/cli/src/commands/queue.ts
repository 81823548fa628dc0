import { Argument, Command } from 'commander'
import {
  announce,
  type Config,
  type Database,
  loadConfig,
  lookAtQueue,
  messagesOn,
  type QueueName,
  queueNames,
  withQueue,
} from '#core'
import { ClaimsService, DayClaimsService, MailClaimsService, queueDepths } from '#exports'
import { jsonOption, print, table } from '../output.js'
import { withDatabase } from '../with-database.js'

/** Who knows what is due on a queue. */
const due: Record<
  QueueName,
  new (database: Database, config: Config) => { due(limit: number): Promise<string[]> }
> = {
  exports: ClaimsService,
  mail: MailClaimsService,
  archive: DayClaimsService,
}

/** What is behind them is announced by the work that ends. */
const AT_ONCE = 1000

interface Options {
  json?: true
}

const queueArgument = () => new Argument('<queue>', 'which one').choices(queueNames)

export const queueCommand = (): Command =>
  new Command('queue')
    .addCommand(
      new Command('list').description('what waits, and what is paused').addOption(jsonOption()).action(list),
    )
    .addCommand(
      new Command('pause')
        .description('workers take no more of it; what is under way ends')
        .addArgument(queueArgument())
        .addOption(jsonOption())
        .action(pause),
    )
    .addCommand(
      new Command('resume')
        .description('workers take of it again')
        .addArgument(queueArgument())
        .addOption(jsonOption())
        .action(resume),
    )
    .addCommand(
      new Command('drain')
        .description('drops its messages; a worker announces what is due anew within SWEEP_SECONDS')
        .addArgument(queueArgument())
        .addOption(jsonOption())
        .action(drain),
    )
    .addCommand(
      new Command('replay')
        .description('announces what is due; of exports, one per free slot of each workspace')
        .addArgument(queueArgument())
        .addOption(jsonOption())
        .action(replay),
    )

const list = (options: Options): Promise<void> =>
  withDatabase(async (database) => {
    const depths = await queueDepths(database)
    const queues = []
    for (const { queue, waiting, running, age } of depths) {
      const found = await lookAtQueue(loadConfig('cli'), queue)
      queues.push({ queue, waiting, running, oldestAgeSeconds: Math.round(age), ...found })
    }
    const head = ['QUEUE', 'WAITING', 'RUNNING', 'OLDEST', 'MESSAGES', 'STATE']
    const lines = queues.map(({ queue, waiting, running, oldestAgeSeconds, messages, paused }) => [
      ...[queue, waiting, running, `${oldestAgeSeconds} s`, messages].map(String),
      paused ? 'paused' : 'at work',
    ])
    print(options, queues, table(head, lines))
  })

const pause = (name: QueueName, options: Options): Promise<void> =>
  withQueue(loadConfig('cli'), name, async (queue) => {
    await queue.pause()
    print(options, { queue: name, paused: true }, `${name} is paused.`)
  })

const resume = (name: QueueName, options: Options): Promise<void> =>
  withQueue(loadConfig('cli'), name, async (queue) => {
    await queue.resume()
    print(options, { queue: name, paused: false }, `${name} is at work.`)
  })

const drain = (name: QueueName, options: Options): Promise<void> =>
  withQueue(loadConfig('cli'), name, async (queue) => {
    const dropped = await messagesOn(queue)
    await queue.drain()
    print(options, { queue: name, dropped }, `${dropped} messages of ${name} were dropped.`)
  })

const replay = (name: QueueName, options: Options): Promise<void> =>
  withDatabase((database) =>
    withQueue(loadConfig('cli'), name, async (queue) => {
      const ids = await new due[name](database, loadConfig('cli')).due(AT_ONCE)
      for (const id of ids) await announce(queue, name, { id })
      print(options, { queue: name, announced: ids.length }, `${ids.length} were announced on ${name}.`)
    }),
  )
