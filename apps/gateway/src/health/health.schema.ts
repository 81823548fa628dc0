import { z } from 'zod'

const partState = z.enum(['ok', 'down'])
export type PartState = z.output<typeof partState>

export const liveness = z
  .object({ status: z.literal('ok') })
  .meta({ id: 'Liveness', examples: [{ status: 'ok' }] })
export type Liveness = z.output<typeof liveness>

export const readiness = z
  .object({
    status: z
      .enum(['ok', 'degraded', 'down', 'draining'])
      .describe(
        'degraded: a part is down without which it still answers and loses nothing; draining: it ends and still answers, so send the next request elsewhere',
      ),
    database: partState,
    queue: partState,
    storage: partState,
  })
  .meta({
    id: 'Readiness',
    examples: [{ status: 'degraded', database: 'ok', queue: 'ok', storage: 'down' }],
  })
export type Readiness = z.output<typeof readiness>
