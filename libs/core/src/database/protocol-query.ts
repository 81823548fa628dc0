import type pg from 'pg'

/** A column that a statement brings. */
export interface Field {
  name: string
  /** Its type's number in PostgreSQL's catalog. */
  dataTypeID: Parameters<typeof pg.types.getTypeParser>[0]
}

type Value = string | null

/** What pg's connection sends one by one; its types still have a parameter that it no longer knows. */
export interface Wire {
  readonly stream: pg.Connection['stream']
  parse(message: { name: string; text: string; types: [] }): void
  describe(message: { type: 'S'; name: string }): void
  bind(message: { statement: string; values: readonly Value[] }): void
  execute(message: null): void
  sync(): void
}

/**
 * Messages of the extended protocol that are sent together and answered together: PostgreSQL runs what comes before a
 * Sync as one transaction. pg takes such an object in the place of a query, as it takes pg-cursor's and
 * pg-copy-streams', and calls the handlers by their names.
 */
export abstract class ProtocolQuery<Answer> {
  private settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  /** Writes the messages, but for Sync. */
  protected abstract write(wire: Wire): void
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
    const wire = connection as unknown as Wire
    // One packet, not one per message.
    wire.stream.cork()
    this.write(wire)
    wire.sync()
    wire.stream.uncork()
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
