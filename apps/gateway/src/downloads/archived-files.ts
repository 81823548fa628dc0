import { Inject, Injectable } from '@nestjs/common'
import { AppError } from '#core'
import { type ArchiveFile, ArchiveService, ExportsService } from '#exports'
import { FileLinks, lifeOf } from './file-links.js'

/** Hands out files of the archive index by their names. */
@Injectable()
export class ArchivedFiles {
  constructor(
    @Inject(ArchiveService) private readonly archive: ArchiveService,
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(FileLinks) private readonly links: FileLinks,
  ) {}

  /**
   * A URL that is good for so many seconds, or as long as the file is there.
   * @throws AppError 404 that names `name`, 410 when the file's time is over
   */
  async linkTo(
    workspaceId: string,
    name: string,
    seconds: number,
  ): Promise<{ expiresIn: number; url: string }> {
    const file = await this.archive.find(workspaceId, name)
    const expiresAt = await this.expiryOf(file)
    const expiresIn = lifeOf({ expiresAt }, seconds)
    if (expiresIn === 0) throw new AppError('GONE', { field: 'name', message: 'The file has expired' })
    const { objectKey } = file
    return { expiresIn, url: await this.links.to({ workspaceId, objectKey, name, expiresAt }, expiresIn) }
  }

  private async expiryOf({ workspaceId, exportId }: ArchiveFile): Promise<Date | null> {
    return exportId === null ? null : (await this.exports.get(workspaceId, exportId)).expiresAt
  }
}
