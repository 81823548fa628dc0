import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'

/** Variables of a file in shell syntax, NAME='value' lines, as `npm start` writes `demo.env`. */
export function variablesIn(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^(?:export )?(\w+)=(['"]?)(.*)\2$/gm)
  return Object.fromEntries([...lines].map(([, name = '', , value = '']) => [name, value]))
}

/**
 * Writes a file that `variablesIn` and shells read, for its owner's eyes only. The values are URLs, tokens, ids and
 * numbers, which need no quoting but get it.
 * @param words before each name, such as `export`, by which programs that the shell starts have it too
 */
export async function writeVariables(
  file: string,
  values: Readonly<Record<string, string>>,
  words = '',
): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => `${words}${name}='${value}'\n`)
  await writeFile(file, lines.join(''), { mode: 0o600 })
}
