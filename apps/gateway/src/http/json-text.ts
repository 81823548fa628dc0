/** The deepest nesting of a body, its own braces counted: PostgreSQL and JavaScript both read JSON by recursion. */
export const MAX_DEPTH = 32

/** An item of a batch lies in a list in an object: of what is too deep in it, it is told once. */
const ITEM_DEPTH = 2

/** What is wrong, and the names and indexes that lead to it. */
export interface JsonProblem {
  path: string[]
  message: string
  /** Its path has a name per level, more than help. */
  isTooDeep: boolean
}

/** A list or an object that is not closed yet, and where in it the reader is. */
type Frame =
  | { kind: 'list'; index: number }
  | { kind: 'object'; names: Set<string>; name: string; /** The next text is a name. */ atName: boolean }

/** Texts and structure; numbers, words and colons say nothing here. */
const lexemes = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g

/**
 * Finds what JSON.parse lets pass and no client means: a name that comes twice in one object (it keeps
 * the last, silently; RFC 8259, section 4, calls the outcome unpredictable), `__proto__` as a name, and
 * nesting below MAX_DEPTH. Never recurses.
 *
 * @param text that JSON.parse has taken
 */
export function* jsonProblems(text: string): Generator<JsonProblem> {
  const open: Frame[] = []
  const path = () => open.map((frame) => (frame.kind === 'list' ? String(frame.index) : shown(frame.name)))
  let isTold = false
  for (const [lexeme] of text.matchAll(lexemes)) {
    const frame = open.at(-1)
    switch (lexeme) {
      case '{':
      case '[':
        if (open.length <= ITEM_DEPTH) isTold = false
        if (open.length === MAX_DEPTH && !isTold) {
          isTold = true
          yield { path: path(), message: `Is nested deeper than ${MAX_DEPTH} levels`, isTooDeep: true }
        }
        open.push(lexeme === '[' ? { kind: 'list', index: 0 } : newObject())
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (frame?.kind === 'list') frame.index++
        else if (frame !== undefined) frame.atName = true
        break
      default: {
        if (frame?.kind !== 'object' || !frame.atName) break
        const name = lexeme.includes('\\') ? (JSON.parse(lexeme) as string) : lexeme.slice(1, -1)
        frame.name = name
        frame.atName = false
        if (name === '__proto__')
          yield { path: path(), message: 'Is not allowed as a name', isTooDeep: false }
        if (frame.names.has(name)) yield { path: path(), message: 'Comes twice', isTooDeep: false }
        frame.names.add(name)
      }
    }
  }
}

const newObject = (): Frame => ({ kind: 'object', names: new Set(), name: '', atName: true })

/** A name may be as long as the body. */
const shown = (name: string): string => (name.length <= 100 ? name : `${name.slice(0, 100)}…`)
