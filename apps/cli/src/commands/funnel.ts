import { Command } from 'commander'
import { funnelFields, type FunnelGroupPatch, FunnelsService, groupFields } from '#leads'
import { listBy, textBy, wholeBy } from '../arguments.js'
import { jsonOption, print } from '../output.js'
import { withWorkspace } from '../with-database.js'

interface CreateOptions {
  workspace: string
  name: string
  interactions: string[]
  group?: string
  doubleCounting?: true
  newAt: number
  json?: true
}

interface ChangeOptions {
  workspace: string
  name: string
  interactions?: string[]
  group?: string
  doubleCounting?: boolean
  newAt?: number
  json?: true
}

export const funnelCommand = (): Command =>
  new Command('funnel')
    .addCommand(
      new Command('create')
        .description('make a funnel with one group')
        .requiredOption('--workspace <codename>', 'whose funnel')
        .requiredOption('--name <name>', 'its name in URLs', textBy(funnelFields.name))
        .requiredOption(
          '--interactions <list>',
          'its steps in their order, comma-separated',
          listBy(funnelFields.interactions),
        )
        .option('--group <name>', "the group's name (default: the funnel's)", textBy(groupFields.name))
        .option('--double-counting', 'who comes back after --new-at is a new record')
        .option(
          '--new-at <hours>',
          'hours without an interaction that make a new record',
          wholeBy(groupFields.newAt),
          24,
        )
        .addOption(jsonOption())
        .action(create),
    )
    .addCommand(
      new Command('change')
        .description('change a funnel, and one of its groups or a new one; what was recorded stays')
        .requiredOption('--workspace <codename>', 'whose funnel')
        .requiredOption('--name <name>', 'its name', textBy(funnelFields.name))
        .option(
          '--interactions <list>',
          "the funnel's steps, and with --group the group's, comma-separated",
          listBy(funnelFields.interactions),
        )
        .option('--group <name>', 'a group; what is not given of it stays', textBy(groupFields.name))
        .option('--double-counting', 'with --group: who comes back after --new-at is a new record')
        .option('--no-double-counting', 'with --group: one record for each message user')
        .option(
          '--new-at <hours>',
          'with --group: hours without an interaction that make a new record',
          wholeBy(groupFields.newAt),
        )
        .addOption(jsonOption())
        .action(change),
    )

const create = ({
  workspace: codename,
  name,
  interactions,
  json,
  ...options
}: CreateOptions): Promise<void> =>
  withWorkspace(codename, async (database, workspace) => {
    const group = {
      name: options.group ?? name,
      doubleCounting: options.doubleCounting ?? false,
      newAt: options.newAt,
      interactions,
    }
    const funnel = await new FunnelsService(database).create(workspace.id, name, interactions, [group])
    print(
      { json },
      { id: funnel.id, name, interactions, groups: [group] },
      [funnel.id, name, group.name].join('\t'),
    )
  })

const change = ({
  workspace: codename,
  name,
  interactions,
  json,
  ...options
}: ChangeOptions): Promise<void> =>
  withWorkspace(codename, async (database, workspace) => {
    const groups = groupsOf({ ...options, interactions })
    const funnel = await new FunnelsService(database).change(workspace.id, name, { interactions, groups })
    print({ json }, { id: funnel.id, name, interactions: funnel.interactions }, [funnel.id, name].join('\t'))
  })

type GroupOptions = Pick<ChangeOptions, 'group' | 'doubleCounting' | 'newAt' | 'interactions'>

/** @throws Error for what is said of a group that is not named */
function groupsOf({ group, ...rules }: GroupOptions): FunnelGroupPatch[] {
  if (group !== undefined) return [{ name: group, ...rules }]
  if (rules.doubleCounting === undefined && rules.newAt === undefined) return []
  throw new Error('--double-counting and --new-at are of a group: name it by --group')
}
