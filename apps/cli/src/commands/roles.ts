import { Command, Option } from 'commander'
import { installRoles, type RolePasswords, roles } from '#core'
import { jsonOption, print } from '../output.js'

/** Each role's password, by the variable it is read from: an option would show it to everyone who lists processes. */
const passwordVariables = { owner: 'OWNER_PASSWORD', app: 'APP_PASSWORD', system: 'SYSTEM_PASSWORD' } as const

export const rolesCommand = (): Command =>
  new Command('roles').description('the three database roles').addCommand(
    new Command('create')
      .description(
        'make the roles, or set their passwords, and let the owner make tables in the database of the URL; ' +
          `reads ${Object.values(passwordVariables).join(', ')}`,
      )
      .addOption(
        new Option('--admin-url <url>', 'the database, as a superuser')
          .env('ADMIN_DATABASE_URL')
          .makeOptionMandatory(),
      )
      .addOption(jsonOption())
      .action(create),
  )

async function create({ adminUrl, ...options }: { adminUrl: string; json?: true }): Promise<void> {
  const passwords = readPasswords(process.env)
  await installRoles(adminUrl, passwords)
  print(options, Object.values(roles), `The roles ${Object.values(roles).join(', ')} are ready.`)
}

/** @throws Error that names every variable that is missing */
function readPasswords(env: NodeJS.ProcessEnv): RolePasswords {
  const missing = Object.values(passwordVariables).filter((name) => !env[name])
  if (missing.length > 0) throw new Error(`${missing.join(', ')} must be set`)
  const { owner, app, system } = passwordVariables
  return { owner: env[owner] ?? '', app: env[app] ?? '', system: env[system] ?? '' }
}
