import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A chatbot of a workspace; `bot` in the Chat-Tonic dialect is its name, `app` its 24-hex id. */
@Entity('chatbots')
export class Chatbot {
  @PrimaryColumn({ type: 'text' })
  id!: string

  @Column({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @Column({ name: 'object_id', type: 'text' })
  objectId!: string

  @Column({ type: 'text' })
  name!: string

  @Column({ name: 'owner_user_id', type: 'text' })
  ownerUserId!: string

  @Column({ name: 'is_default', type: 'boolean' })
  isDefault!: boolean

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date
}
