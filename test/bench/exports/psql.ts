import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Sample, timeCommand } from '../measure.js'
import type { BenchStack } from '../stack.js'

/** `COPY … csv` of a SELECT by psql, thrown away: as fast as the database speaks. */
export const copyToNull = (stack: BenchStack, workspaceId: string, select: string): Promise<Sample> =>
  psql(stack, workspaceId, `COPY (${select}) TO STDOUT (FORMAT csv)`)

/** psql's `\copy` into a file, which is where an export by hand ends. */
export async function copyToFile(stack: BenchStack, workspaceId: string, select: string): Promise<Sample> {
  const file = join(stack.filesDir, 'copied.csv')
  const sample = await psql(stack, workspaceId, `\\copy (${select}) TO '${file}' (FORMAT csv, HEADER)`)
  await rm(file)
  return sample
}

function psql(stack: BenchStack, workspaceId: string, command: string): Promise<Sample> {
  const workspace = `SET app.workspace = '${workspaceId}'`
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', workspace, '-c', command, stack.psqlUrl]
  return timeCommand('psql', args)
}
