#!/usr/bin/env node
import { Command } from 'commander'
import { commands } from './commands.js'

async function main([first, second]: readonly string[]): Promise<void> {
  const program = new Command('leadferry').description(
    'Sets Leadferry up and manages its workspaces, straight on the database.',
  )
  const asked = first === 'help' ? second : first
  for (const [name, { description, load }] of Object.entries(commands)) {
    if (name === asked) await import('./quiet.js')
    const command = name === asked ? await load() : new Command(name)
    program.addCommand(command.description(description))
  }
  await program.parseAsync()
}

main(process.argv.slice(2)).then(
  // A part that does not answer must not keep the process: what was printed is out, and nothing else is under way.
  () => process.stdout.write('', () => process.exit()),
  async (error: unknown) => {
    const { problemOf } = await import('./problem.js')
    process.stderr.write(`error: ${problemOf(error)}\n`)
    process.exit(1)
  },
)
