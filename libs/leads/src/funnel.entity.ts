import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A named list of interactions, unique per workspace. */
@Entity('funnels')
export class Funnel {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: string

  @Column({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @Column({ type: 'text' })
  name!: string

  @Column({ type: 'text', array: true })
  interactions!: string[]
}

/** A group of a funnel, with the rule by which its records are counted. */
@Entity('funnel_groups')
export class FunnelGroup {
  /** 24 hex digits. */
  @PrimaryColumn({ type: 'text' })
  id!: string

  @Column({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @Column({ name: 'funnel_id', type: 'bigint' })
  funnelId!: string

  @Column({ type: 'text' })
  name!: string

  @Column({ name: 'double_counting', type: 'boolean' })
  doubleCounting!: boolean

  /** Hours without an interaction after which, with doubleCounting, a new record starts. */
  @Column({ name: 'new_at', type: 'int' })
  newAt!: number

  @Column({ type: 'text', array: true })
  interactions!: string[]
}
