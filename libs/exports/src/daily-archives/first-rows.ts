import type { RenderStats } from '../formats/format.js'

/**
 * A rendered file from its start, or null where it has no rows: a renderer hands nothing on before it has rendered
 * a row, or all of none.
 */
export async function firstRows(
  rendered: AsyncGenerator<Buffer>,
  stats: RenderStats,
): Promise<AsyncGenerator<Buffer> | null> {
  const first = await rendered.next()
  if (stats.rows > 0 && first.done !== true) return from(first.value, rendered)
  // Read to its end, so that what it reads from can be used for the next.
  while ((await rendered.next()).done !== true);
  return null
}

/** The first chunk is read before the next one is asked for, as a renderer wants it. */
async function* from(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}
