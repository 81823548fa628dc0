import { Command } from 'commander'
import { FunnelsService, type NewFunnelGroup } from '#leads'
import { filled, funnelName, hours, list } from '../arguments.js'
import { jsonOption, print } from '../output.js'
import { withWorkspace } from '../with-database.js'

interface FunnelOptions {
  workspace: string
  name: string
  interactions: string[]
  group?: string
  doubleCounting?: boolean
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
    .addCommand(
      new Command('change')
        .description(
          'change the steps of a funnel and of one of its groups, or add a group; what was recorded stays',
        )
        .requiredOption('--workspace <codename>', 'whose funnel')
        .requiredOption('--name <name>', 'its name', funnelName)
        .requiredOption('--interactions <list>', 'its steps in their order, comma-separated', list)
        .option('--group <name>', "the group's name (default: the funnel's)", filled)
        .option('--double-counting', 'who comes back after --new-at is a new record')
        .option('--new-at <hours>', 'hours without an interaction that make a new record', hours, 24)
        .addOption(jsonOption())
        .action(change),
    )

const create = (options: FunnelOptions): Promise<void> =>
  withWorkspace(options.workspace, async (database, workspace) => {
    const { name, interactions } = options
    const group = groupOf(options)
    const funnel = await new FunnelsService(database).create(workspace.id, name, interactions, [group])
    tell(options, funnel.id, group)
  })

const change = (options: FunnelOptions): Promise<void> =>
  withWorkspace(options.workspace, async (database, workspace) => {
    const { name, interactions } = options
    const group = groupOf(options)
    const patch = { interactions, groups: [group] }
    const funnel = await new FunnelsService(database).change(workspace.id, name, patch)
    tell(options, funnel.id, group)
  })

const groupOf = ({
  name,
  group,
  doubleCounting = false,
  newAt,
  interactions,
}: FunnelOptions): NewFunnelGroup => ({
  name: group ?? name,
  doubleCounting,
  newAt,
  interactions,
})

function tell({ json, name, interactions }: FunnelOptions, id: string, group: NewFunnelGroup): void {
  print({ json }, { id, name, interactions, groups: [group] }, [id, name, group.name].join('\t'))
}
