import type { Fault } from './fault.js'

const parts = ['queue'] as const

export const messageFaults = {
  /** Redis comes back with nothing; where the queue lives in PostgreSQL, its tables are emptied. */
  'queue-empty': {
    parts,
    async strike({ servers, superuser }) {
      if (servers.redis !== null) return servers.redis.restart('SIGKILL')
      await superuser.query('DELETE FROM bullmq.job')
    },
  },
  'messages-lost': { parts, strike: ({ messages }) => messages.loseAll() },
  'messages-doubled': { parts, strike: ({ messages }) => messages.double() },
} as const satisfies Record<string, Fault>
