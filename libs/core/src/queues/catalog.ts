import { z } from 'zod'

/** The id of a row; never more. */
const payload = z.strictObject({ id: z.string() })

/**
 * Every queue, on one screen. A message only wakes a worker up: PostgreSQL is the truth and owns the
 * retries, so BullMQ tries a message once and keeps none that has ended. Names are literals that
 * outlive any class. Boot fails when a queue has no processor in the worker, or two.
 */
export const jobCatalog = {
  exports: {
    queue: 'exports',
    does: 'claims the next export that is due and renders it',
    payload,
    timeout: 'EXPORT_MAX_SECONDS',
    retries: 'exports: deferrals (back off until EXPORT_GIVE_UP_SECONDS), crashes (3)',
  },
  mail: {
    queue: 'mail',
    does: 'sends the next mail of the outbox that is due',
    payload,
    timeout: 'SMTP_TIMEOUT_SECONDS per step of the connection',
    retries: 'mail_outbox: attempts, back off up to 10 minutes, for three days',
  },
  archive: {
    queue: 'archive',
    does: 'claims the next day whose daily archives are due and builds a slice of them',
    payload,
    timeout: 'EXPORT_MAX_SECONDS',
    retries: 'archive_days: back off up to an hour, never given up',
  },
} as const

export type QueueName = keyof typeof jobCatalog
export type JobPayload<Q extends QueueName> = z.output<(typeof jobCatalog)[Q]['payload']>
export const queueNames = Object.keys(jobCatalog) as QueueName[]
