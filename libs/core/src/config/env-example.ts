import { variables } from './schema.js'

/** The text of `.env.example`: every variable with what it means, made from the schema that checks it. */
export function envExample(): string {
  const entries = Object.entries(variables).map(([name, { doc, example, requiredBy }]) => {
    const need = requiredBy === undefined ? 'optional' : `required by: ${requiredBy.join(', ')}`
    const line = requiredBy === undefined ? `# ${name}=${quoted(example)}` : `${name}=${quoted(example)}`
    return `# ${doc} (${need})\n${line}\n`
  })
  return `# Made by \`npm run env:example\` from libs/core/src/config/schema.ts.\n\n${entries.join('\n')}`
}

const quoted = (value: string): string => (/[\s<>#]/.test(value) ? `"${value}"` : value)
