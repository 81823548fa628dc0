import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '#core'
import { type Export, ExportsService, readDownloadToken } from '#exports'
import { isOver } from './exported-file.js'

/** What is behind a mailed link. */
export type MailedLink = { state: 'missing' } | { state: 'gone' | 'revoked' | 'ready'; export: Export }

/** Finds the export that a mailed link, `/d/{token}`, speaks of. */
@Injectable()
export class MailedLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ExportsService) private readonly exports: ExportsService,
  ) {}

  /** Looks up the export only for a token that was made here: others take the same time, whatever they name. */
  async open(token: string): Promise<MailedLink> {
    const claim = readDownloadToken(this.config.APP_SECRET, token)
    const found = claim === null ? null : await this.exports.findForLink(claim.exportId)
    if (found === null) return { state: 'missing' }
    if (isOver(found)) return { state: 'gone', export: found }
    if (claim?.version !== found.linkVersion) return { state: 'revoked', export: found }
    return found.state === 'completed' ? { state: 'ready', export: found } : { state: 'missing' }
  }
}
