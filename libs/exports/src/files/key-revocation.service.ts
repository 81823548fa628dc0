import { Inject, Injectable } from '@nestjs/common'
import { setTimeout as sleep } from 'node:timers/promises'
import { KeysService, REVOKED_WITHIN_MS } from '#tenancy'
import { type EndedExports, ExportFilesService } from './export-files.service.js'

/** What ends with a key, beside the key itself. */
export interface AlsoEnds {
  /** The links to files that it asked for. */
  revokeLinks: boolean
  /** The files themselves, and their links with them. */
  deleteFiles: boolean
}

/** Revokes keys, with what they have handed out. */
@Injectable()
export class KeyRevocationService {
  constructor(
    @Inject(KeysService) private readonly keys: Pick<KeysService, 'revoke' | 'has'>,
    @Inject(ExportFilesService) private readonly files: ExportFilesService,
  ) {}

  /**
   * Ends a key. With `revokeLinks` or `deleteFiles` the exports that it asked for end too, also those of a key that was
   * revoked before.
   *
   * @returns null where there is no such key, or where nothing is left to end
   */
  async revoke(
    workspaceId: string,
    id: string,
    { revokeLinks, deleteFiles }: AlsoEnds,
  ): Promise<EndedExports | null> {
    const isRevoked = await this.keys.revoke(workspaceId, id)
    if (!revokeLinks && !deleteFiles) return isRevoked ? { cancelled: 0, files: 0, pending: 0 } : null
    if (!isRevoked && !(await this.keys.has(workspaceId, id))) return null
    // Until then a gateway may accept one more export.
    if (isRevoked) await sleep(REVOKED_WITHIN_MS)
    return deleteFiles
      ? this.files.removeOfKey(workspaceId, id)
      : this.files.revokeLinksOfKey(workspaceId, id)
  }
}
