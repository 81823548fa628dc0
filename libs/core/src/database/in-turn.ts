import type { EntityManager } from 'typeorm'

/** Lets transactions that name the same thing take turns until they end: what one checks, no other changes meanwhile. */
export async function inTurn(entities: EntityManager, what: string): Promise<void> {
  await entities.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [what])
}
