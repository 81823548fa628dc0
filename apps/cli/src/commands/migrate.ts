import { Command } from 'commander'
import { loadConfig, migrate } from '#core'
import { jsonOption, print } from '../output.js'

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('bring the database up to date (MIGRATION_DATABASE_URL)')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      await migrate(loadConfig('migrate').MIGRATION_DATABASE_URL)
      print(options, { migrated: true }, 'The database is up to date.')
    })
