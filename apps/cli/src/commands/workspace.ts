import { Command, Option } from 'commander'
import { type Locale, type Workspace, WorkspacesService } from '#tenancy'
import { codename, filled, timeZone } from '../arguments.js'
import { jsonOption, print } from '../output.js'
import { withDatabase } from '../with-database.js'

interface CreateOptions {
  codename: string
  name: string
  locale: Locale
  timeZone: string
  json?: true
}

export const workspaceCommand = (): Command =>
  new Command('workspace')
    .description('workspaces')
    .addCommand(
      new Command('create')
        .description('make a workspace')
        .requiredOption('--codename <codename>', 'its name in URLs', codename)
        .requiredOption('--name <name>', 'its name for people', filled)
        .addOption(
          new Option('--locale <locale>', 'language of its mails').choices(['es', 'en']).default('es'),
        )
        .option('--time-zone <zone>', 'IANA name', timeZone, 'UTC')
        .addOption(jsonOption())
        .action(create),
    )
    .addCommand(new Command('list').description('list all workspaces').addOption(jsonOption()).action(list))

const create = ({ json, ...workspace }: CreateOptions): Promise<void> =>
  withDatabase(async (database) => {
    const made = await new WorkspacesService(database).create(workspace)
    print({ json }, made, line(made))
  })

const list = (options: { json?: true }): Promise<void> =>
  withDatabase(async (database) => {
    const workspaces = await new WorkspacesService(database).list()
    print(options, workspaces, workspaces.map(line).join('\n'))
  })

const line = ({ id, codename, name, locale, timeZone }: Workspace): string =>
  [id, codename, locale, timeZone, name].join('\t')
