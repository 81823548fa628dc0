import { Command } from 'commander'
import { loadConfig } from '#core'
import { ArchiveDaysService, type DayRange } from '#exports'
import { nobody } from '../nobody.js'
import { jsonOption, print } from '../output.js'
import { withWorkspace } from '../with-database.js'

interface BuildOptions extends DayRange {
  workspace: string
  json?: true
}

export const archiveCommand = (): Command =>
  new Command('archive').addCommand(
    new Command('build')
      .description('have the archives of a range of days built anew')
      .requiredOption('--workspace <codename>', 'whose archives')
      .requiredOption('--from <day>', "the first day, YYYY-MM-DD by the workspace's clock")
      .requiredOption('--to <day>', 'the last day, which has to be over')
      .addOption(jsonOption())
      .action(build),
  )

const build = ({ workspace: codename, from, to, json }: BuildOptions): Promise<void> =>
  withWorkspace(codename, async (database, workspace) => {
    const days = new ArchiveDaysService(database, loadConfig('cli'), nobody)
    const asked = await days.rebuild(workspace.id, { from, to })
    print({ json }, asked, asked.days.map(({ day, state }) => `${day}\t${state}`).join('\n'))
  })
