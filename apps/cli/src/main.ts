#!/usr/bin/env node
import 'reflect-metadata'
import { Command } from 'commander'
import { archiveCommand } from './commands/archive.js'
import { chatbotCommand } from './commands/chatbot.js'
import { deadLetterCommand } from './commands/dead-letter.js'
import { funnelCommand } from './commands/funnel.js'
import { instanceCommand } from './commands/instance.js'
import { keyCommand } from './commands/key.js'
import { migrateCommand } from './commands/migrate.js'
import { rolesCommand } from './commands/roles.js'
import { workspaceCommand } from './commands/workspace.js'
import { problemOf } from './problem.js'

const program = new Command('leadferry')
  .description('Sets Leadferry up and manages its workspaces, straight on the database.')
  .addCommand(rolesCommand())
  .addCommand(migrateCommand())
  .addCommand(workspaceCommand())
  .addCommand(keyCommand())
  .addCommand(chatbotCommand())
  .addCommand(funnelCommand())
  .addCommand(archiveCommand())
  .addCommand(deadLetterCommand())
  .addCommand(instanceCommand())

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`error: ${problemOf(error)}\n`)
  process.exit(1)
})
