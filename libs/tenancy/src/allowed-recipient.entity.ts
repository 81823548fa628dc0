import { Entity, PrimaryColumn } from 'typeorm'

/** An address other than a key owner's that exports of the workspace may be mailed to. */
@Entity('allowed_recipients')
export class AllowedRecipient {
  @PrimaryColumn({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @PrimaryColumn({ name: 'email_lower', type: 'text' })
  emailLower!: string
}
