import { endOfText, textOf } from './json-places.js'

/** What is wrong, and the names and indexes that lead to it. */
export interface JsonProblem {
  path: string[]
  message: string
}

/** A list or an object that is not closed yet, and where in it the reader is. */
type Frame =
  | { kind: 'list'; index: number }
  | { kind: 'object'; names: Set<string>; name: string; /** The next text is a name. */ atName: boolean }

/**
 * Counts the keys of all objects of a value. They are fewer than its text has where a key comes twice in one object,
 * because JSON.parse keeps the last.
 *
 * @param value of a text within its budget: the count recurses
 * @returns NaN where `__proto__` is a key
 */
export function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let keys = 0
  if (Array.isArray(value)) for (const item of value) keys += keysIn(item)
  // What JSON.parse has made inherits no key, and for-in makes no list of them.
  else
    for (const key in value) keys += key === '__proto__' ? NaN : 1 + keysIn(value[key as keyof typeof value])
  return keys
}

/**
 * Finds what JSON.parse lets pass and no client means: a name that comes twice in one object (it keeps
 * the last, silently; RFC 8259, section 4, calls the outcome unpredictable), and `__proto__` as a name.
 *
 * It allocates for each name, so it is for a text in which `keysIn` has counted too few.
 *
 * @param json that JSON.parse has taken
 */
export function* jsonProblems(json: Buffer): Generator<JsonProblem> {
  const open: Frame[] = []
  const path = () => open.map((frame) => (frame.kind === 'list' ? String(frame.index) : shown(frame.name)))
  for (let at = 0; at < json.length; at++) {
    const frame = open.at(-1)
    switch (String.fromCharCode(json[at] ?? 0)) {
      case '{':
        open.push({ kind: 'object', names: new Set(), name: '', atName: true })
        break
      case '[':
        open.push({ kind: 'list', index: 0 })
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (frame?.kind === 'list') frame.index++
        else if (frame !== undefined) frame.atName = true
        break
      case '"': {
        const start = at
        at = endOfText(json, start)
        if (frame?.kind !== 'object' || !frame.atName) break
        const name = textOf(json, start, at)
        frame.name = name
        frame.atName = false
        if (name === '__proto__') yield { path: path(), message: 'Is not allowed as a name' }
        if (frame.names.has(name)) yield { path: path(), message: 'Comes twice' }
        frame.names.add(name)
      }
    }
  }
}

/** A name may be as long as the body. */
export const shown = (name: string): string => (name.length <= 100 ? name : `${name.slice(0, 100)}…`)
