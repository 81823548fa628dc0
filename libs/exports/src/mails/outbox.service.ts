import { Inject, Injectable, Logger } from '@nestjs/common'
import { CONFIG, type Config, MailError, Mailer, traced, withJoinedSignal } from '#core'
import { MailMetrics, type MailOutcome } from '../metrics/mail-metrics.js'
import { Heartbeat, StoppedError } from '../pipeline/heartbeat.js'
import { untilWritten } from '../pipeline/until-written.js'
import { composeMail, type ExportMail } from './compose.js'
import { MailClaimsService } from './mail-claims.service.js'

/**
 * Sends what is due, each mail under a claim that is renewed while it is sent, and once more right before the final
 * dot: a sender that was frozen past its lease finds out there, and drops the connection. A mail is unique per ending
 * of an export. What may still double one: the server's answer to the dot is lost, or the sender dies, or is frozen
 * past its lease, between that last renewal and the commit of `sent` (DESIGN section 5, step 6).
 */
@Injectable()
export class OutboxService {
  private readonly logger = new Logger(OutboxService.name)
  private readonly draining = new AbortController()
  private serverAwayUntil = 0

  constructor(
    @Inject(MailClaimsService) private readonly claims: MailClaimsService,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(MailMetrics) private readonly metrics: MailMetrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Sends the next mail; null when none is due, or when the server was away just now: then a few mails a sweep
   * try it, and not all of them. Never throws for a fault of the mail server.
   */
  async sendNext(): Promise<MailOutcome | null> {
    if (this.draining.signal.aborted || performance.now() < this.serverAwayUntil) return null
    const mail = await this.claims.claim()
    if (mail === null) return null
    const attributes = { 'leadferry.export_id': mail.exportId, 'leadferry.mail': mail.kind }
    const terms = { kind: 'client', attributes, parent: mail.traceparent } as const
    const outcome = await traced('send mail', terms, () => this.attempt(mail))
    this.metrics.attempted(mail.kind, outcome)
    // Over before the sweeper announces again.
    if (outcome === 'unavailable') this.serverAwayUntil = performance.now() + this.config.SWEEP_SECONDS * 500
    return outcome
  }

  /** Hands every mail back whose final dot is not sent; the others wait for the server's answer. */
  drain(): void {
    this.draining.abort(new StoppedError('draining'))
  }

  private async attempt(mail: ExportMail): Promise<MailOutcome> {
    const log = { exportId: mail.exportId, kind: mail.kind, attempt: mail.attempts }
    const { EXPORT_LEASE_SECONDS } = this.config
    // How long a mail may take is the mailer's to say, and much less.
    const terms = { EXPORT_LEASE_SECONDS, EXPORT_MAX_SECONDS: 86_400 }
    const heartbeat = new Heartbeat(() => this.claims.renew(mail), terms)
    try {
      const mayEnd = () => this.claims.renew(mail)
      await withJoinedSignal([heartbeat.signal, this.draining.signal], (signal) =>
        this.mailer.send(composeMail(mail, this.config), { signal, mayEnd }),
      )
    } catch (error) {
      const failure = error instanceof MailError ? error : new MailError('put_off')
      this.logger.error({ ...log, err: error }, 'mail not sent')
      return await this.settle(mail, failure)
    } finally {
      heartbeat.stop()
    }
    // A database that is away for a moment must not make a mail be sent again.
    await untilWritten(() => this.claims.sent(mail), this.config)
    this.logger.log(log, 'mail sent')
    return 'sent'
  }

  private async settle(mail: ExportMail, error: MailError): Promise<MailOutcome> {
    const { fault } = error
    if (fault === 'withheld') {
      await this.claims.handBack(mail)
      return 'held'
    }
    return (await this.claims.notSent(mail, fault, error)) ? fault : 'held'
  }
}
