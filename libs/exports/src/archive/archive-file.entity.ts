import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { FormatName } from '../formats/format.js'

/** A file in the archive index. */
@Entity('archive_files')
export class ArchiveFile {
  /** A bigint as text. */
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: string

  @Column({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @Column({ type: 'text' })
  format!: FormatName

  @Column({ type: 'text' })
  model!: string

  @Column({ name: 'account_folder', type: 'text' })
  accountFolder!: string

  /** The public name: a path without a leading slash. */
  @Column({ type: 'text' })
  name!: string

  @Column({ name: 'object_key', type: 'text' })
  objectKey!: string

  /** Bytes, a bigint as text. */
  @Column({ type: 'bigint' })
  size!: string

  @Column({ type: 'text' })
  sha256!: string

  /** A bigint as text. */
  @Column({ type: 'bigint' })
  rows!: string

  /** YYYY-MM-DD. */
  @Column({ type: 'date' })
  day!: string

  @Column({ name: 'export_id', type: 'text', nullable: true })
  exportId!: string | null
}
