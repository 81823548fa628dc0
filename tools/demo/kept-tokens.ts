import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { variablesIn } from '../env-file.js'

/** Tokens that an earlier start printed. */
export interface KeptTokens {
  API_KEY?: string
  APP_TOKEN?: string
}

/** Reads them from `demo.env`, where the launcher writes them; nothing on a first start. */
export function keptTokens(dataDir: string): KeptTokens {
  const file = join(dataDir, 'demo.env')
  return existsSync(file) ? variablesIn(file) : {}
}
