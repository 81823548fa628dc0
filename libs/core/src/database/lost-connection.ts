/** What pg and its pool say, without a code, of a connection that did not become free in time, was lost, or had been lost before. */
const messages =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated.*|Client .* is not queryable)$/

/** Whether a query failed for want of its connection, as far as pg gives that no code. */
export const isLostConnection = ({ message }: { message?: string }): boolean => messages.test(message ?? '')
