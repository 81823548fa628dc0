/** The longest name, in bytes; all of them are ASCII. */
const MAX_ARCHIVE_NAME = 512

/** A letter, a digit or `_-.` each, but no segment of dots alone, which a store or a proxy might resolve. */
const segment = /^(?!\.+$)[\w.-]+$/

/**
 * Whether a file in the archive could be called this: `exports/{account}/{day}-{export}.{ext}` and
 * `{model}/{slug}-{platform}-{account}/{day}.zip` (DESIGN section 6) are made of nothing else. A leading
 * slash, `//`, `\`, NUL and anything that is still percent-encoded has no place in one.
 */
export const isArchiveName = (name: string): boolean =>
  name.length <= MAX_ARCHIVE_NAME && name.split('/').every((part) => segment.test(part))

/** Whether it names a level of folders: the root (''), or a name with or without a slash at its end. */
export const isArchiveFolder = (prefix: string): boolean =>
  prefix === '' || isArchiveName(prefix.replace(/\/$/, ''))

/**
 * What a file is called once it is downloaded: an export by its own name, a daily archive, of which there are many of
 * a day, by its model and account too.
 */
export function downloadName(name: string): string {
  const [model, folder, file] = name.split('/')
  if (file === undefined || folder === undefined || model === 'exports')
    return name.slice(name.lastIndexOf('/') + 1)
  return `${model}-${folder.replace(/-[0-9a-f]{24}$/, '')}-${file}`
}
