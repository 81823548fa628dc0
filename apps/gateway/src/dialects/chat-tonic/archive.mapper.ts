import type { ArchiveEntry } from '#exports'

const models = ['funnels', 'leads', 'messageUsers', 'messages'] as const
const folders: ArchiveEntry[] = models.map((model) => ({ prefix: model, complete: `${model}/` }))

/**
 * A page of the root of the csv archives: the four models are always there, as the seed shows them,
 * whether or not a day has been archived. There are no more folders than these and `exports`.
 */
export function csvRoot(
  root: { entries: readonly ArchiveEntry[] },
  after: string | undefined,
  limit: number,
): { entries: ArchiveEntry[]; hasMore: boolean } {
  const missing = folders.filter((folder) =>
    root.entries.every(({ complete }) => complete !== folder.complete),
  )
  const rest = [...root.entries, ...missing]
    .sort((a, b) => (a.complete < b.complete ? -1 : 1))
    .filter(({ complete }) => after === undefined || complete > after)
  return { entries: rest.slice(0, limit), hasMore: rest.length > limit }
}
