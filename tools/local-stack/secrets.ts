import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Made on the first start and kept, so that keys and links that were given out stay good. */
export interface Secrets {
  owner: string
  app: string
  system: string
  s3: string
  appSecret: string
  adminToken: string
}

/** The secrets of a data folder. */
export async function keptSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json')
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = () => randomBytes(24).toString('hex')
  const made: Secrets = {
    owner: secret(),
    app: secret(),
    system: secret(),
    s3: secret(),
    appSecret: secret(),
    adminToken: secret(),
  }
  await writeFile(`${file}.new`, JSON.stringify(made, null, 2), { mode: 0o600 })
  await rename(`${file}.new`, file)
  return made
}
