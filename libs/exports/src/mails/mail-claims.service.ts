import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, Database, type MailError } from '#core'
import type { ExportMail } from './compose.js'
import { mailReasons, type UnsentFault } from './mail-reasons.js'
import * as sql from './outbox.sql.js'

/** A server that is down is tried often; one that puts a mail off, e.g. by greylisting, is given time. */
const LONGEST_WAIT_SECONDS = { unavailable: 60, put_off: 600, refused: 0 }

export type ClaimedMail = Pick<ExportMail, 'id' | 'attempts'>

/** The claim on a mail: its holder may put it off or hand it back, nobody else. */
@Injectable()
export class MailClaimsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'EXPORT_LEASE_SECONDS'>,
  ) {}

  /** The next mail that is due, or null. */
  async claim(): Promise<ExportMail | null> {
    const values = [this.config.EXPORT_LEASE_SECONDS]
    const { rows } = await this.database.system.query<ExportMail>(sql.claimMail, values)
    return rows[0] ?? null
  }

  /** @returns whether it was still ours */
  renew(mail: ClaimedMail): Promise<boolean> {
    return this.changed(sql.renewMail, mail, this.config.EXPORT_LEASE_SECONDS)
  }

  async sent({ id }: ClaimedMail): Promise<void> {
    await this.database.system.query(sql.mailSent, [id])
  }

  notSent(mail: ClaimedMail, fault: UnsentFault, { reply }: MailError): Promise<boolean> {
    const values = [mailReasons[fault], reply, fault === 'refused', LONGEST_WAIT_SECONDS[fault]]
    return this.changed(sql.mailNotSent, mail, ...values)
  }

  handBack(mail: ClaimedMail): Promise<boolean> {
    return this.changed(sql.handBackMail, mail)
  }

  /** Exports with a mail that is due, at most `limit`. */
  async due(limit: number): Promise<string[]> {
    const { rows } = await this.database.system.query<{ id: string }>(sql.dueMails, [limit])
    return rows.map(({ id }) => id)
  }

  private async changed(text: string, { id, attempts }: ClaimedMail, ...values: unknown[]): Promise<boolean> {
    const { rowCount } = await this.database.system.query(text, [id, attempts, ...values])
    return rowCount === 1
  }
}
