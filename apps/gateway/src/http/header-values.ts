/**
 * Every value of a header, of which Node's `headers` keeps the first or joins them.
 * @param rawHeaders names and values in turn
 * @param name in lower case
 */
export function headerValues(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const given = rawHeaders[i] ?? ''
    if (given.length === name.length && given.toLowerCase() === name) values.push(rawHeaders[i + 1] ?? '')
  }
  return values
}
