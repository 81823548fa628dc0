import type { Command } from 'commander'

interface LazyCommand {
  description: string
  load: () => Promise<Command>
}

/** By name. Only the one that is asked for is loaded: what it stands on takes ten times as long to load as the command line. */
export const commands: Readonly<Record<string, LazyCommand>> = {
  secrets: {
    description: 'secrets of a new installation',
    load: async () => (await import('./commands/secrets.js')).secretsCommand(),
  },
  roles: {
    description: 'the three database roles',
    load: async () => (await import('./commands/roles.js')).rolesCommand(),
  },
  migrate: {
    description: 'bring the database up to date (MIGRATION_DATABASE_URL)',
    load: async () => (await import('./commands/migrate.js')).migrateCommand(),
  },
  workspace: {
    description: 'workspaces',
    load: async () => (await import('./commands/workspace.js')).workspaceCommand(),
  },
  key: {
    description: 'API keys and app tokens',
    load: async () => (await import('./commands/key.js')).keyCommand(),
  },
  chatbot: {
    description: 'chatbots',
    load: async () => (await import('./commands/chatbot.js')).chatbotCommand(),
  },
  funnel: {
    description: 'funnels',
    load: async () => (await import('./commands/funnel.js')).funnelCommand(),
  },
  export: {
    description: 'exports of all workspaces',
    load: async () => (await import('./commands/export.js')).exportCommand(),
  },
  archive: {
    description: 'daily archives',
    load: async () => (await import('./commands/archive.js')).archiveCommand(),
  },
  queue: {
    description:
      'the queues that wake workers up (QUEUE_URL); what waits is in the database, whatever happens here',
    load: async () => (await import('./commands/queue.js')).queueCommand(),
  },
  'dead-letter': {
    description:
      'exports, mails, files and daily archives that failed or were lost and do not go on by themselves',
    load: async () => (await import('./commands/dead-letter.js')).deadLetterCommand(),
  },
  instance: {
    description: 'whether database and bucket belong together (S3_… too)',
    load: async () => (await import('./commands/instance.js')).instanceCommand(),
  },
  doctor: {
    description: 'tries every part as a worker would (its variables), and says what is wrong and what to do',
    load: async () => (await import('./commands/doctor.js')).doctorCommand(),
  },
}
