import type { TestContext } from './context.js'

/** Keeps everybody else from a table, readers too. @returns lets go of it */
export async function holdTable({ testDatabase }: TestContext, table: string): Promise<() => Promise<void>> {
  const client = await testDatabase.superuser.connect()
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
  return async () => {
    await client.query('ROLLBACK')
    client.release()
  }
}
