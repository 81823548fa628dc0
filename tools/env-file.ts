import { readFileSync } from 'node:fs'

/** Variables of a file in shell syntax, NAME='value' lines, as `npm start` writes `demo.env`. */
export function variablesIn(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^(?:export )?(\w+)=(['"]?)(.*)\2$/gm)
  return Object.fromEntries([...lines].map(([, name = '', , value = '']) => [name, value]))
}
