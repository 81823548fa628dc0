import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { Locale } from '#tenancy'
import type { ExportState } from './export.states.js'
import type { FormatName } from './formats/format.js'
import type { ColumnChoice, Dataset, DatasetFilter } from './leads-port.js'
import type { FailureReason } from './reasons.js'

/** What a file looks like beyond its format; the columns are fixed when the export is accepted. */
export interface ExportOptions {
  columns: ColumnChoice
  /** IANA name of the zone that times are written in. */
  timeZone: string
  csv: { profile: 'machine' | 'excel-es'; raw: boolean }
}

/** A request to render a dataset to one file, and how far it has come. */
@Entity('exports')
export class Export {
  @PrimaryColumn({ type: 'text' })
  id!: string

  @Column({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @Column({ name: 'api_key_id', type: 'text' })
  apiKeyId!: string

  @Column({ type: 'text' })
  dataset!: Dataset

  @Column({ type: 'text' })
  format!: FormatName

  @Column({ type: 'boolean' })
  gzip!: boolean

  @Column({ type: 'jsonb' })
  filter!: DatasetFilter

  @Column({ type: 'jsonb' })
  options!: ExportOptions

  @Column({ name: 'request_hash', type: 'text' })
  requestHash!: string

  @Column({ name: 'recipient_name', type: 'text' })
  recipientName!: string

  @Column({ name: 'recipient_email', type: 'text' })
  recipientEmail!: string

  @Column({ type: 'text' })
  locale!: Locale

  @Column({ type: 'text' })
  state!: ExportState

  /** The cut-off: rows ingested later are not in the file. */
  @Column({ name: 'accepted_at', type: 'timestamptz' })
  acceptedAt!: Date

  @Column({ name: 'not_before', type: 'timestamptz' })
  notBefore!: Date

  /** The fence: one higher with every claim. */
  @Column({ type: 'int' })
  epoch!: number

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil!: Date | null

  @Column({ type: 'int' })
  crashes!: number

  @Column({ type: 'int' })
  deferrals!: number

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt!: Date | null

  @Column({ name: 'snapshot_at', type: 'timestamptz', nullable: true })
  snapshotAt!: Date | null

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null

  /** A bigint as text. */
  @Column({ name: 'rows_done', type: 'bigint' })
  rowsDone!: string

  /** A bigint as text: cells of a spreadsheet that were cut to 32,767 characters. */
  @Column({ name: 'truncated_cells', type: 'bigint' })
  truncatedCells!: string

  /** A bigint as text. */
  @Column({ type: 'bigint', nullable: true })
  bytes!: string | null

  @Column({ type: 'text', nullable: true })
  sha256!: string | null

  @Column({ name: 'object_key', type: 'text', nullable: true })
  objectKey!: string | null

  /** Its name in the archive index. */
  @Column({ name: 'archive_name', type: 'text', nullable: true })
  archiveName!: string | null

  /** Why it failed, or why it waits. */
  @Column({ type: 'text', nullable: true })
  reason!: FailureReason | null

  /** Raising it ends every download link that was mailed. */
  @Column({ name: 'link_version', type: 'int' })
  linkVersion!: number
}
