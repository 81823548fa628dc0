import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from '../context.js'

/** Makes everything that is in the store now two days older, by what the server keeps on disk while it is down. */
export async function ageStore({ s3 }: TestContext): Promise<void> {
  await s3.close()
  const files = readdirSync(s3.dataDir, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => /\/objects\/[^/]+\.json$|\/upload\.json$/.test(name))) {
    const path = join(s3.dataDir, file)
    const about = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    for (const time of ['lastModified', 'initiated'].filter((name) => name in about))
      about[time] = new Date(Date.parse(String(about[time])) - 2 * 86_400_000).toISOString()
    writeFileSync(path, JSON.stringify(about))
  }
  await s3.restart()
}
