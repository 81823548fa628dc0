import type { ArchiveTexts } from './texts.js'

/** What people call a folder, and what tells two of one name apart. */
export interface FolderName {
  name: string
  detail?: string
}

/** `{slug}-{platform}-{accountId}`; a platform has no dash. */
const account = /^(.+)-([^-]+)-([0-9a-f]{24})$/

export function folderName(segment: string, { names }: Pick<ArchiveTexts, 'names'>): FolderName {
  const known = Object.hasOwn(names, segment) ? names[segment] : undefined
  if (known !== undefined) return { name: known }
  const [, slug, platform, id] = account.exec(segment) ?? []
  return slug === undefined ? { name: segment } : { name: slug, detail: `${platform ?? ''} · ${id ?? ''}` }
}

/** The folders on the way to a path, each with its own path; a file's own name is left out. */
export function stepsTo(path: string): { segment: string; folder: string }[] {
  const segments = path.split('/').slice(0, -1)
  return segments.map((segment, i) => ({ segment, folder: `${segments.slice(0, i + 1).join('/')}/` }))
}
