import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '#core'
import { ArchiveService } from '#exports'
import { signedFilePath } from './signed-file-path.js'

/** A file of the archive index that someone may have. */
export interface LinkedFile {
  workspaceId: string
  objectKey: string
  /** Its public name: a path. */
  name: string
  expiresAt: Date | null
}

/** Long enough to resume a large download, short enough to be of no use in a log. */
const DEFAULT_SECONDS = 3600

/** Makes URLs that are good for a while without a key: of the storage, or with DOWNLOADS=proxy of the gateway. */
@Injectable()
export class FileLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ArchiveService) private readonly archive: ArchiveService,
  ) {}

  async to(file: LinkedFile, seconds: number = DEFAULT_SECONDS): Promise<string> {
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
