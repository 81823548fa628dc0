import { isLostConnection } from './lost-connection.js'

/**
 * Codes that say the server is not there now: of sockets and resolvers, and PostgreSQL's classes 08 (connection), 53
 * (no connection left) and 57P (it starts up or shuts down).
 */
const absences =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|08\w{3}|53\w{3}|57P\d\d)$/

/** A database that took no connection: which variable names it, where it is and why, without a password. */
export class NoConnectionError extends Error {
  /** It may come back by itself. A password, role or database that is wrong does not. */
  readonly absent: boolean

  constructor(variable: string, url: string, cause: unknown) {
    const { hostname, port, pathname } = new URL(url)
    const place = `${hostname}:${port || '5432'}${pathname}`
    super(`${variable}: no connection to PostgreSQL at ${place}: ${reasonOf(cause)}`, { cause })
    this.name = 'NoConnectionError'
    this.absent = isAbsence(cause)
  }
}

/** @throws NoConnectionError in place of whatever connecting threw */
export async function connecting<T>(variable: string, url: string, connect: () => Promise<T>): Promise<T> {
  try {
    return await connect()
  } catch (error) {
    throw new NoConnectionError(variable, url, error)
  }
}

/**
 * Does what a connection is there for already.
 * @throws NoConnectionError when the database goes away meanwhile, and otherwise what the work threw
 */
export async function whileThere<T>(variable: string, url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isAbsence(error) ? new NoConnectionError(variable, url, error) : error
  }
}

/** Whether what went wrong is that the database is not there now. */
export function isAbsence(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if (isLostConnection(error)) return true
  // Node tries every address of a host, and sums up its failures.
  if (error instanceof AggregateError) return error.errors.some(isAbsence)
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && absences.test(code)
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
