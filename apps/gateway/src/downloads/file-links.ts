import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '#core'
import { ArchiveService } from '#exports'
import { DownloadSlots } from './download-slots.js'
import { signedFilePath } from './signed-file-path.js'

/** A file of the archive index that someone may have. */
export interface LinkedFile {
  workspaceId: string
  objectKey: string
  /** Its public name: a path. */
  name: string
  expiresAt: Date | null
}

/**
 * Of a URL that is followed at once, by a button or a redirect. A transfer may take longer, because a store and a gateway
 * check the time when it begins; who resumes it later asks for another URL.
 */
export const AT_ONCE_SECONDS = 300

/** Makes URLs that are good for a while without a key: of the storage, or with DOWNLOADS=proxy of the gateway. */
@Injectable()
export class FileLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ArchiveService) private readonly archive: ArchiveService,
    @Inject(DownloadSlots) private readonly slots: DownloadSlots,
  ) {}

  /** Whether a URL that is followed at once would be answered: people are told by a page where it would not. */
  hasRoom(workspaceId: string): boolean {
    return this.config.DOWNLOADS === 'redirect' || this.slots.hasRoom(workspaceId)
  }

  async to(file: LinkedFile, seconds: number = AT_ONCE_SECONDS): Promise<string> {
    switch (this.config.DOWNLOADS) {
      case 'redirect':
        return this.archive.link(file, seconds)
      case 'proxy': {
        const expires = Math.floor(Date.now() / 1000) + seconds
        return this.config.PUBLIC_URL + signedFilePath(this.config.APP_SECRET, { ...file, expires })
      }
    }
  }
}

/** Seconds that a link may live: as long as wanted, but not longer than the file. */
export function lifeOf(
  { expiresAt }: Pick<LinkedFile, 'expiresAt'>,
  wanted: number,
  now = new Date(),
): number {
  if (expiresAt === null) return wanted
  return Math.max(0, Math.min(wanted, Math.floor((expiresAt.getTime() - now.getTime()) / 1000)))
}
