import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { Scope, TokenKind } from './token.js'

/** An API key or an app token. Only the token's hash is kept. */
@Entity('api_keys')
export class ApiKey {
  @PrimaryColumn({ type: 'text' })
  id!: string

  @Column({ name: 'workspace_id', type: 'text' })
  workspaceId!: string

  @Column({ type: 'text' })
  kind!: TokenKind

  /** The token's first characters, to tell keys apart by eye. */
  @Column({ type: 'text' })
  prefix!: string

  /** SHA-256 of the token. */
  @Column({ type: 'bytea' })
  hash!: Buffer

  @Column({ name: 'owner_name', type: 'text' })
  ownerName!: string

  @Column({ name: 'owner_email', type: 'text' })
  ownerEmail!: string

  @Column({ type: 'text', array: true })
  scopes!: Scope[]

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null
}
