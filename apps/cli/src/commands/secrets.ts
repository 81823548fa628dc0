import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Command } from 'commander'

/** What docker-compose.yml reads, each 32 random bytes in hexadecimal, which needs no quoting in a file or a URL. */
const names = [
  ...['APP_SECRET', 'ADMIN_TOKEN', 'S3_SECRET_ACCESS_KEY'],
  ...['POSTGRES_PASSWORD', 'OWNER_PASSWORD', 'APP_PASSWORD', 'SYSTEM_PASSWORD'],
]

interface CreateOptions {
  file?: string
}

export const secretsCommand = (): Command =>
  new Command('secrets').addCommand(
    new Command('create')
      .description(`make ${names.join(', ')}, as lines of an environment file`)
      .option('--file <path>', 'write them to a new file that only its owner can read (default: print them)')
      .action(create),
  )

/** @throws Error where the file exists: what it has may be in use */
function create({ file }: CreateOptions): void {
  const lines = names.map((name) => `${name}=${randomBytes(32).toString('hex')}\n`).join('')
  if (file === undefined) return void process.stdout.write(lines)
  try {
    writeFileSync(file, lines, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Error(`${file} exists, and its secrets may be in use: nothing was written`, { cause: error })
  }
  process.stdout.write(`${file} has ${names.join(', ')}.\n`)
}
