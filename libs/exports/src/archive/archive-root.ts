import { dailyModels } from '../daily-archives/daily-file.js'
import type { ArchiveEntry } from './archive-entry.js'

const folders: ArchiveEntry[] = dailyModels.map((model) => ({ prefix: model, complete: `${model}/` }))

/**
 * The root of the csv archives: the four models are always there, as the seed shows them, whether or not a day
 * has been archived.
 * @param after `complete` of the folder before the first wanted one
 */
export function csvRoot(found: readonly ArchiveEntry[], after = ''): ArchiveEntry[] {
  const missing = folders.filter((folder) => found.every(({ complete }) => complete !== folder.complete))
  return [...found, ...missing]
    .sort((a, b) => (a.complete < b.complete ? -1 : 1))
    .filter(({ complete }) => complete > after)
}
