import type pg from 'pg'
import { serialize } from 'pg-protocol'

/** A column that a statement brings. */
export interface Field {
  name: string
  /** Its type's number in PostgreSQL's catalog. */
  dataTypeID: Parameters<typeof pg.types.getTypeParser>[0]
}

type Value = string | null

/**
 * Messages of the extended protocol that are sent together and answered together: PostgreSQL runs what comes before a
 * Sync as one transaction. pg takes such an object in the place of a query, as it takes pg-cursor's and
 * pg-copy-streams', and calls the handlers by their names.
 */
export abstract class ProtocolQuery<Answer> {
  private settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  /** As they go over the wire, but for Sync. */
  protected abstract messages(): Buffer[]
  /** Makes one of all that came. */
  protected abstract answer(): Answer

  /** @throws whatever the first message that failed failed with */
  on(client: pg.PoolClient): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
      client.query(this)
    })
  }

  submit(connection: pg.Connection): void {
    // One write and one packet: one per message, though they are sent together, cost more than all that is in them.
    if (connection.stream.writable)
      connection.stream.write(Buffer.concat([...this.messages(), serialize.sync()]))
  }

  handleRowDescription(_message: { fields: Field[] }): void {}
  handleDataRow(_message: { fields: Value[] }): void {}
  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    try {
      this.settle?.resolve(this.answer())
    } catch (error) {
      this.settle?.reject(error as Error)
    }
  }

  handleError(error: Error): void {
    this.settle?.reject(error)
  }
}
