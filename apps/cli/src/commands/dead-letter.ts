import { Command, Option } from 'commander'
import { type Database, notFound } from '#core'
import {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetterKind,
  deadLetterKinds,
  type DeadLetterReason,
  deadLetterReasons,
  DeadLettersService,
} from '#exports'
import { WorkspacesService } from '#tenancy'
import { codename, instant, wholeWithin } from '../arguments.js'
import { nobody } from '../nobody.js'
import { jsonOption, print, table } from '../output.js'
import { withDatabase } from '../with-database.js'

interface FilterOptions {
  kind?: DeadLetterKind
  workspace?: string
  reason?: DeadLetterReason
  since?: Date
}

interface ListOptions extends FilterOptions {
  limit: number
  json?: true
}

interface OneOptions {
  kind: DeadLetterKind
  id: string
  json?: true
}

const kindOption = () => new Option('--kind <kind>', 'what it is').choices(deadLetterKinds)

const filtered = (command: Command): Command =>
  command
    .addOption(kindOption())
    .option('--workspace <codename>', 'only of this workspace', codename)
    .addOption(new Option('--reason <reason>', 'only for this reason').choices(deadLetterReasons))

export const deadLetterCommand = (): Command =>
  new Command('dead-letter')
    .addCommand(
      filtered(new Command('list'))
        .description('newest first')
        .option('--since <time>', 'only what failed since, ISO-8601 with an offset', instant)
        .option('--limit <count>', 'how many at most', wholeWithin({ min: 1, max: 9999 }), 50)
        .addOption(jsonOption())
        .action(list),
    )
    .addCommand(
      filtered(new Command('replay'))
        .description('have one done again (--kind and --id), or all that match (--since)')
        .option('--since <time>', 'all that failed since, ISO-8601 with an offset', instant)
        .addOption(new Option('--id <id>', 'this one').conflicts(['since', 'workspace', 'reason']))
        .addOption(jsonOption())
        .action(replay),
    )
    .addCommand(
      new Command('dismiss')
        .description('take one off the list')
        .addOption(kindOption().makeOptionMandatory())
        .requiredOption('--id <id>', 'which one')
        .addOption(jsonOption())
        .action(dismiss),
    )

const list = ({ limit, json, ...options }: ListOptions): Promise<void> =>
  withDatabase(async (database) => {
    const filter = await filterOf(database, options)
    const { rows } = await new DeadLettersService(database, nobody).list(filter, { limit, offset: 0 })
    const head = ['KIND', 'ID', 'WORKSPACE', 'AT', 'REASON', 'ATTEMPTS', 'OF']
    print({ json }, rows, rows.length === 0 ? 'none' : table(head, rows.map(cells)))
  })

const cells = ({ kind, id, workspace, at, reason, attempts, exportId, day }: DeadLetter): string[] => {
  const of = kind === 'export' ? '' : (exportId ?? day ?? '')
  return [kind, id, workspace, at.toISOString(), reason ?? '', String(attempts), of]
}

async function replay({ id, json, ...options }: FilterOptions & { id?: string; json?: true }): Promise<void> {
  const { kind, since } = options
  if (id !== undefined) {
    if (kind === undefined) throw new Error('--id goes with --kind')
    await withDatabase((database) => new DeadLettersService(database, nobody).replay(kind, id))
    return printOne({ json }, kind, id)
  }
  if (since === undefined) throw new Error('say which: --kind and --id of one, or --since for all that match')
  await withDatabase(async (database) => {
    const filter = { ...(await filterOf(database, options)), since: since.toISOString() }
    const replayed = await new DeadLettersService(database, nobody).replayAll(filter)
    const counts = Object.entries(replayed).map(([each, ids]) => `${each}\t${ids.length}`)
    print({ json }, replayed, counts.join('\n'))
  })
}

async function dismiss({ kind, id, json }: OneOptions): Promise<void> {
  await withDatabase((database) => new DeadLettersService(database, nobody).dismiss(kind, id))
  printOne({ json }, kind, id)
}

const printOne = (options: { json?: true }, kind: DeadLetterKind, id: string): void =>
  print(options, { [kind]: [id] }, `${kind}\t${id}`)

async function filterOf(database: Database, options: FilterOptions): Promise<DeadLetterFilter> {
  const { workspace, since, ...filter } = options
  const bound = { ...filter, since: since?.toISOString() }
  if (workspace === undefined) return bound
  const found = await new WorkspacesService(database).byCodename(workspace)
  if (found === null) throw notFound('workspace', 'The workspace')
  return { ...bound, workspaceId: found.id }
}
