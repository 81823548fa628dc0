import { Command } from 'commander'
import { installRoles, type RolePasswords, roles } from '#core'
import { jsonOption, print } from '../output.js'

/** A superuser's URL of the database. Variables all: an option would show its password to everyone who lists processes. */
const ADMIN_URL = 'ADMIN_DATABASE_URL'
/** Each role's password. */
const passwordVariables = { owner: 'OWNER_PASSWORD', app: 'APP_PASSWORD', system: 'SYSTEM_PASSWORD' } as const

export const rolesCommand = (): Command =>
  new Command('roles').addCommand(
    new Command('create')
      .description(
        `make the roles, or set their passwords, and let the owner make tables in the database of ${ADMIN_URL}, a ` +
          `superuser's; reads ${Object.values(passwordVariables).join(', ')} too`,
      )
      .addOption(jsonOption())
      .action(create),
  )

async function create(options: { json?: true }): Promise<void> {
  const passwords = readPasswords(process.env)
  await installRoles(process.env[ADMIN_URL] ?? '', passwords)
  print(options, Object.values(roles), `The roles ${Object.values(roles).join(', ')} are ready.`)
}

/** @throws Error that names every variable that is missing */
function readPasswords(env: NodeJS.ProcessEnv): RolePasswords {
  const missing = [ADMIN_URL, ...Object.values(passwordVariables)].filter((name) => !env[name])
  if (missing.length > 0) throw new Error(`${missing.join(', ')} must be set`)
  const { owner, app, system } = passwordVariables
  return { owner: env[owner] ?? '', app: env[app] ?? '', system: env[system] ?? '' }
}
