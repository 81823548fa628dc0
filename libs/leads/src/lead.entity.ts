import { Column, Entity, PrimaryColumn } from 'typeorm'

export const leadStatuses = ['new', 'contacted', 'qualified', 'converted', 'lost', 'follow_up'] as const
export type LeadStatus = (typeof leadStatuses)[number]

/** A person captured by one chatbot. */
@Entity('leads')
export class Lead {
  /** The row's number, a bigint as text; given by the database. */
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: string

  @PrimaryColumn({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  /** 16 hex digits, from which lead_id and _id are made. */
  @Column({ type: 'text' })
  hex!: string

  @Column({ name: 'chatbot_id', type: 'text' })
  chatbotId!: string

  @Column({ name: 'account_id', type: 'text' })
  accountId!: string

  @Column({ name: 'message_user_id', type: 'text', nullable: true })
  messageUserId!: string | null

  @Column({ type: 'text', nullable: true })
  name!: string | null

  @Column({ type: 'text', nullable: true })
  email!: string | null

  @Column({ name: 'email_lower', type: 'text', nullable: true })
  emailLower!: string | null

  @Column({ name: 'claimed_email', type: 'text', nullable: true })
  claimedEmail!: string | null

  @Column({ type: 'text', nullable: true })
  phone!: string | null

  @Column({ type: 'text', nullable: true })
  source!: string | null

  @Column({ type: 'text' })
  status!: LeadStatus

  @Column({ type: 'jsonb' })
  metadata!: Record<string, unknown>

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date

  @Column({ name: 'ingested_at', type: 'timestamptz' })
  ingestedAt!: Date
}
