import { Column, Entity, PrimaryColumn } from 'typeorm'

export type Locale = 'es' | 'en'

/** The tenant. */
@Entity('workspaces')
export class Workspace {
  @PrimaryColumn({ type: 'text' })
  id!: string

  /** Its name in URLs. */
  @Column({ type: 'text' })
  codename!: string

  @Column({ type: 'text' })
  name!: string

  @Column({ type: 'text' })
  locale!: Locale

  /** IANA name. */
  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string

  @Column({ name: 'max_running_exports', type: 'int' })
  maxRunningExports!: number

  @Column({ name: 'max_waiting_exports', type: 'int' })
  maxWaitingExports!: number

  @Column({ name: 'max_accounts', type: 'int' })
  maxAccounts!: number

  @Column({ name: 'retention_days', type: 'int' })
  retentionDays!: number

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date
}
