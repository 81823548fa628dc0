/** Names from `from` on and before `until`, in the order of bytes. */
export interface NameRange {
  from: string
  until: string
}

/** Behind every name: they are made of letters, digits and `_-./`. */
const END = '~'

/** A folder as the tree has it: '' for the root, else with a slash at its end. */
export const folderOf = (prefix: string): string =>
  prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`

/** Everything inside a folder, and nothing of one whose name begins alike: '0' follows '/' in ASCII. */
export const insideOf = (folder: string): NameRange => ({ from: folder, until: past(folder) })

/** The first place behind an entry: a folder with all that is in it, or a file. */
export function past(complete: string): string {
  if (complete === '') return END
  return complete.endsWith('/') ? `${complete.slice(0, -1)}0` : `${complete} `
}
