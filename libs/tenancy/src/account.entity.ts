import { Column, Entity, PrimaryColumn } from 'typeorm'

/** One channel connection of a workspace. Its archive folder is `{slug}-{platform}-{id}`. */
@Entity('accounts')
export class Account {
  /** 24 hex digits. */
  @PrimaryColumn({ type: 'text' })
  id!: string

  @Column({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @Column({ type: 'text' })
  name!: string

  @Column({ type: 'text' })
  slug!: string

  @Column({ type: 'text' })
  platform!: string

  /** The account of leads that belong to none. */
  @Column({ type: 'boolean' })
  implicit!: boolean

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date
}
