import { Command, Option } from 'commander'
import { onOneLine } from '#core'
import {
  type Locale,
  settingFields,
  timeZoneField,
  type Workspace,
  type WorkspaceSettings,
  WorkspacesService,
} from '#tenancy'
import { codename, textBy, wholeBy } from '../arguments.js'
import { jsonOption, print } from '../output.js'
import { withDatabase } from '../with-database.js'

interface CreateOptions extends Partial<WorkspaceSettings> {
  codename: string
  name: string
  locale: Locale
  timeZone: string
  json?: true
}

interface ChangeOptions extends Partial<WorkspaceSettings> {
  codename: string
  json?: true
}

export const workspaceCommand = (): Command =>
  new Command('workspace')
    .addCommand(
      new Command('create')
        .description('make a workspace')
        .requiredOption('--codename <codename>', 'its name in URLs', codename)
        .requiredOption('--name <name>', 'its name for people', textBy(settingFields.name))
        .addOption(localeOption().default('es'))
        .option('--time-zone <zone>', 'IANA name; it can not be changed', textBy(timeZoneField), 'UTC')
        .addOption(retentionOption())
        .addOption(runningOption())
        .addOption(waitingOption())
        .addOption(accountsOption())
        .addOption(jsonOption())
        .action(create),
    )
    .addCommand(
      new Command('change')
        .description('change a workspace; what is not given stays')
        .requiredOption('--codename <codename>', 'which one')
        .option('--name <name>', 'its name for people', textBy(settingFields.name))
        .addOption(localeOption())
        .addOption(retentionOption())
        .addOption(runningOption())
        .addOption(waitingOption())
        .addOption(accountsOption())
        .addOption(jsonOption())
        .action(change),
    )
    .addCommand(new Command('list').description('list all workspaces').addOption(jsonOption()).action(list))

const localeOption = () =>
  new Option('--locale <locale>', 'language of its mails').choices(settingFields.locale.options)
const retentionOption = () =>
  new Option('--retention-days <days>', 'how long files of exports are kept from now on').argParser(
    wholeBy(settingFields.retentionDays),
  )
const runningOption = () =>
  new Option('--max-running-exports <n>', 'how many may run at once').argParser(
    wholeBy(settingFields.maxRunningExports),
  )
const waitingOption = () =>
  new Option('--max-waiting-exports <n>', 'how many may wait').argParser(
    wholeBy(settingFields.maxWaitingExports),
  )
const accountsOption = () =>
  new Option('--max-accounts <n>', 'how many accounts events may make').argParser(
    wholeBy(settingFields.maxAccounts),
  )

const create = ({ json, ...workspace }: CreateOptions): Promise<void> =>
  withDatabase(async (database) => {
    const made = await new WorkspacesService(database).create(workspace)
    print({ json }, made, line(made))
  })

const change = ({ json, codename, ...settings }: ChangeOptions): Promise<void> =>
  withDatabase(async (database) => {
    const changed = await new WorkspacesService(database).change(codename, settings)
    print({ json }, changed, line(changed))
  })

const list = (options: { json?: true }): Promise<void> =>
  withDatabase(async (database) => {
    const workspaces = await new WorkspacesService(database).list()
    print(options, workspaces, workspaces.map(line).join('\n'))
  })

/** @returns id, codename, locale, zone, days that files are kept, exports that may run and wait, accounts, name */
const line = (workspace: Workspace): string => {
  const { id, codename, name, locale, timeZone, retentionDays } = workspace
  const { maxRunningExports, maxWaitingExports, maxAccounts } = workspace
  const limits = [retentionDays, maxRunningExports, maxWaitingExports, maxAccounts]
  return [id, codename, locale, timeZone, ...limits, onOneLine(name)].join('\t')
}
