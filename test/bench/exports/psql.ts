import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readInOrder } from '#exports'
import { type Sample, timeCommand } from '../measure.js'
import type { BenchStack } from '../stack.js'

/** `COPY … csv` of a SELECT by psql, thrown away: as fast as the database speaks. */
export const copyToNull = (stack: BenchStack, workspaceId: string, select: string): Promise<Sample> =>
  psql(stack, workspaceId, `COPY (${select}) TO STDOUT (FORMAT csv)`)

/**
 * The same, walking the index as exports do: of some millions of rows PostgreSQL would sort all before it sends the first,
 * in parallel and on disk.
 */
export const copyInOrder = (stack: BenchStack, workspaceId: string, select: string): Promise<Sample> =>
  psql(stack, workspaceId, `COPY (${select}) TO STDOUT (FORMAT csv)`, readInOrder)

/** psql's `\copy` into a file, which is where an export by hand ends. */
export async function copyToFile(stack: BenchStack, workspaceId: string, select: string): Promise<Sample> {
  const file = join(stack.filesDir, 'copied.csv')
  const sample = await psql(stack, workspaceId, `\\copy (${select}) TO '${file}' (FORMAT csv, HEADER)`)
  await rm(file)
  return sample
}

function psql(stack: BenchStack, workspaceId: string, command: string, more: object = {}): Promise<Sample> {
  const settings = Object.entries({ 'app.workspace': workspaceId, ...more })
  const set = settings.flatMap(([name, value]) => ['-c', `SET ${name} = '${value}'`])
  return timeCommand('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...set, '-c', command, stack.psqlUrl])
}
