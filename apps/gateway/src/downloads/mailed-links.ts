import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '#core'
import { type Export, exportIdOf, ExportsService, isValidToken } from '#exports'
import { isOver } from './exported-file.js'

/** What is behind a mailed link. */
export type MailedLink =
  { state: 'missing' } | { state: 'gone'; export: Export } | { state: 'ready'; export: Export }

/** Finds the export that a mailed link, `/d/{token}`, speaks of. */
@Injectable()
export class MailedLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ExportsService) private readonly exports: ExportsService,
  ) {}

  async open(token: string): Promise<MailedLink> {
    const id = exportIdOf(token)
    const found = id === null ? null : await this.exports.findForLink(id)
    if (found === null || !isValidToken(this.config.APP_SECRET, token, found.id, found.linkVersion)) {
      return { state: 'missing' }
    }
    if (isOver(found)) return { state: 'gone', export: found }
    return found.state === 'completed' ? { state: 'ready', export: found } : { state: 'missing' }
  }
}
