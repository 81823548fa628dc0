import { Inject, Injectable, Logger } from '@nestjs/common'
import { CONFIG, type Config, Database, Mailer, MailRefusedError } from '#core'
import { composeMail, type ExportMail } from './compose.js'
import * as sql from './outbox.sql.js'

/** Longer than every timeout of the SMTP client together. */
const LEASE_SECONDS = 180

/** Sends what is due. A mail is unique per export and kind, so a dead server never re-runs an export. */
@Injectable()
export class OutboxService {
  private readonly logger = new Logger(OutboxService.name)

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Sends the next mail; false when none is due. Never throws for a fault of the mail server. */
  async sendNext(): Promise<boolean> {
    const { rows } = await this.database.system.query<ExportMail>(sql.claimMail, [LEASE_SECONDS])
    const mail = rows[0]
    if (mail === undefined) return false
    const log = { exportId: mail.exportId, kind: mail.kind, attempt: mail.attempts }
    try {
      await this.mailer.send(composeMail(mail, this.config))
    } catch (error) {
      const refused = error instanceof MailRefusedError
      this.logger.error({ ...log, err: error, refused }, 'mail not sent')
      const reason = refused ? `refused with ${error.responseCode}` : 'mail server unavailable'
      await this.database.system.query(sql.mailNotSent, [mail.id, mail.attempts, reason, refused])
      return true
    }
    await this.database.system.query(sql.mailSent, [mail.id, mail.attempts])
    this.logger.log(log, 'mail sent')
    return true
  }

  /** Exports with a mail that is due, at most `limit`. */
  async due(limit: number): Promise<string[]> {
    const { rows } = await this.database.system.query<{ id: string }>(sql.dueMails, [limit])
    return rows.map(({ id }) => id)
  }
}
