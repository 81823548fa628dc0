/**
 * A string literal in the E'' form, which reads the same whatever standard_conforming_strings says.
 * @throws RangeError for NUL, which no PostgreSQL text holds
 */
export function quote(text: string): string {
  if (text.includes('\0')) throw new RangeError('text with NUL')
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
