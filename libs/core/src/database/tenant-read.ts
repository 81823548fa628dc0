import type pg from 'pg'
import { type Prepared, preparedOn } from './prepared.js'
import { ProtocolQuery, type Wire } from './protocol-query.js'

export type ReadValue = string | number | null | readonly string[]

/** A read that is prepared once per connection. One name stands for one text. Times come as IsoTime. */
export interface NamedQuery {
  name: string
  text: string
  values: readonly ReadValue[]
  /**
   * 'once': planned for whatever values it will get, and never again; for a read that has only one good plan.
   * Absent: PostgreSQL decides, which mostly means to plan anew for each read, at a third of its speed.
   */
  planned?: 'once'
}

const SET_WORKSPACE = `set_config('app.workspace', $1, true)`
const inWorkspace = { name: 'in-workspace', text: `SELECT ${SET_WORKSPACE}` }
const inWorkspacePlannedOnce = {
  name: 'in-workspace-planned-once',
  text: `SELECT ${SET_WORKSPACE}, set_config('plan_cache_mode', 'force_generic_plan', true)`,
}

/**
 * Runs a prepared read with its workspace set, as one packet and so in one round trip. PostgreSQL runs both statements
 * as one transaction, which is how long the workspace stays set: BEGIN, set_config, SELECT and COMMIT of their own
 * reach 0.36 of a plain SELECT's speed.
 *
 * @param workspaceId its form is the caller's to check
 */
export async function readInOneTrip<R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  workspaceId: string,
  query: NamedQuery,
): Promise<R[]> {
  const setting = await preparedOn(client, query.planned === 'once' ? inWorkspacePlannedOnce : inWorkspace)
  const statement = await preparedOn(client, query)
  return new TenantRead<R>(setting, workspaceId, statement, query.values.map(textOf)).on(client)
}

/** It asks for no description of what comes: that is known since the statement was prepared. */
class TenantRead<R extends pg.QueryResultRow> extends ProtocolQuery<R[]> {
  private isInWorkspace = false
  private readonly fields: (string | null)[][] = []

  constructor(
    private readonly setting: Prepared,
    private readonly workspaceId: string,
    private readonly statement: Prepared,
    private readonly values: readonly (string | null)[],
  ) {
    super()
  }

  protected override write(wire: Wire): void {
    wire.bind({ statement: this.setting.name, values: [this.workspaceId] })
    wire.execute(null)
    wire.bind({ statement: this.statement.name, values: this.values })
    wire.execute(null)
  }

  override handleDataRow({ fields }: { fields: (string | null)[] }): void {
    // The first row is the setting's.
    if (this.isInWorkspace) this.fields.push(fields)
  }

  override handleCommandComplete(): void {
    this.isInWorkspace = true
  }

  protected override answer(): R[] {
    return this.fields.map((fields) => this.statement.row(fields) as R)
  }
}

/** A value as PostgreSQL reads it. */
function textOf(value: ReadValue): string | null {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return `{${value.map((item) => `"${item.replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`
}
