import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Tokens that an earlier start printed. */
export interface KeptTokens {
  API_KEY?: string
  APP_TOKEN?: string
}

/** Reads them from `demo.env`, where the launcher writes `NAME='value'` lines; nothing on a first start. */
export async function keptTokens(dataDir: string): Promise<KeptTokens> {
  const file = join(dataDir, 'demo.env')
  if (!existsSync(file)) return {}
  const text = await readFile(file, 'utf8')
  const value = (name: string) => new RegExp(`^${name}='(.+)'$`, 'm').exec(text)?.[1]
  return { API_KEY: value('API_KEY'), APP_TOKEN: value('APP_TOKEN') }
}
