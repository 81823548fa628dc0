import { Command } from 'commander'
import { FunnelsService } from '#leads'
import { filled, funnelName, hours, list } from '../arguments.js'
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

export const funnelCommand = (): Command =>
  new Command('funnel')
    .description('funnels')
    .addCommand(
      new Command('create')
        .description('make a funnel with one group')
        .requiredOption('--workspace <codename>', 'whose funnel')
        .requiredOption('--name <name>', 'its name in URLs', funnelName)
        .requiredOption('--interactions <list>', 'its steps in their order, comma-separated', list)
        .option('--group <name>', "the group's name (default: the funnel's)", filled)
        .option('--double-counting', 'who comes back after --new-at is a new record')
        .option('--new-at <hours>', 'hours without an interaction that make a new record', hours, 24)
        .addOption(jsonOption())
        .action(create),
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
