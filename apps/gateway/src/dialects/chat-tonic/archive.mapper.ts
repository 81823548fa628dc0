import type { ArchiveEntry } from '#exports'

const models = ['funnels', 'leads', 'messageUsers', 'messages'] as const
const folders: ArchiveEntry[] = models.map((model) => ({ prefix: model, complete: `${model}/` }))

/**
 * The root of the csv archives: the four models are always there, as the seed shows them, whether or
 * not a day has been archived.
 */
export function withModels(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  const missing = folders.filter((folder) => entries.every(({ complete }) => complete !== folder.complete))
  return [...entries, ...missing].sort((a, b) => (a.complete < b.complete ? -1 : 1))
}
