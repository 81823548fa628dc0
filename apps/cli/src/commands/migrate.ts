import { Command } from 'commander'
import { loadConfig, migrate, whenThere } from '#core'
import { databaseFunctions } from '../database-functions.js'
import { jsonOption, print } from '../output.js'

export const migrateCommand = (): Command =>
  new Command('migrate').addOption(jsonOption()).action(async (options: { json?: true }) => {
    const { MIGRATION_DATABASE_URL: url } = loadConfig('migrate')
    await whenThere(() => migrate(url, databaseFunctions), tell)
    print(options, { migrated: true }, 'The database is up to date.')
  })

const tell = (line: string): void => void process.stderr.write(`${line}\n`)
