import { Inject, Injectable } from '@nestjs/common'
import { Database } from '#core'
import type { FormatName } from '../formats/format.js'
import * as sql from './audit.sql.js'

/** A file of the archive index whose object the store has not, or not as it was. */
export interface MissingFile {
  workspaceId: string
  codename: string
  /** Absent for a daily archive, whose day is built anew by itself. */
  exportId: string | null
  format: FormatName
  name: string
  /** YYYY-MM-DD. */
  day: string
  objectKey: string
  /** Bytes it should have. */
  size: number
  missingSince: Date
}

/** Tells operators what the store has lost. */
@Injectable()
export class MissingFilesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** What was discovered last comes first. */
  async missingFiles(limit: number): Promise<MissingFile[]> {
    return (await this.database.system.query<MissingFile>(sql.missingFiles, [limit])).rows
  }
}
