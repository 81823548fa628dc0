/** What an error says of its cause: the field of the request, the value that came, and what was expected. */
export interface ErrorDetails {
  field?: string
  value?: unknown
  message?: string
  [extra: string]: unknown
}

/** Characters of what a client sent that an error echoes at most: of a value, and of the path of a field. */
const MAX_ECHO = 200

export const echoed = (text: string): string =>
  text.length <= MAX_ECHO ? text : `${text.slice(0, MAX_ECHO)}…`

/** Details that echo no long text and no list or object, whoever made them: answers are kept, logged and passed on. */
export function withShortEchoes({ field, value, ...rest }: ErrorDetails): ErrorDetails {
  const shown = typeof value === 'string' ? echoed(value) : typeof value === 'object' ? undefined : value
  return {
    ...(field !== undefined && { field: echoed(field) }),
    ...(shown !== undefined && { value: shown }),
    ...rest,
  }
}
