#!/usr/bin/env node
import 'reflect-metadata'
import { Logger } from '@nestjs/common'
import { Command } from 'commander'
import { archiveCommand } from './commands/archive.js'
import { chatbotCommand } from './commands/chatbot.js'
import { deadLetterCommand } from './commands/dead-letter.js'
import { doctorCommand } from './commands/doctor.js'
import { exportCommand } from './commands/export.js'
import { funnelCommand } from './commands/funnel.js'
import { instanceCommand } from './commands/instance.js'
import { keyCommand } from './commands/key.js'
import { migrateCommand } from './commands/migrate.js'
import { queueCommand } from './commands/queue.js'
import { rolesCommand } from './commands/roles.js'
import { secretsCommand } from './commands/secrets.js'
import { workspaceCommand } from './commands/workspace.js'
import { problemOf } from './problem.js'

const program = new Command('leadferry')
  .description('Sets Leadferry up and manages its workspaces, straight on the database.')
  .addCommand(secretsCommand())
  .addCommand(rolesCommand())
  .addCommand(migrateCommand())
  .addCommand(workspaceCommand())
  .addCommand(keyCommand())
  .addCommand(chatbotCommand())
  .addCommand(funnelCommand())
  .addCommand(exportCommand())
  .addCommand(archiveCommand())
  .addCommand(queueCommand())
  .addCommand(deadLetterCommand())
  .addCommand(instanceCommand())
  .addCommand(doctorCommand())

// What is printed is what a command says, and what goes wrong is its error.
Logger.overrideLogger(false)

program.parseAsync().then(
  // A part that does not answer must not keep the process: what was printed is out, and nothing else is under way.
  () => process.stdout.write('', () => process.exit()),
  (error: unknown) => {
    process.stderr.write(`error: ${problemOf(error)}\n`)
    process.exit(1)
  },
)
