import { createHash, randomBytes } from 'node:crypto'

/**
 * The one identity of a lead, 16 random hex digits, from which its public faces are made
 * (DESIGN section 2): `lead_` + h, and `_id`, eight hex digits of the insertion's Unix seconds + h.
 */
export const newHex = (): string => randomBytes(8).toString('hex')

/** `lead_1234567890abcdef`, as the create-lead API answers it. */
export const leadId = (hex: string): string => `lead_${hex}`

/** 24 hex digits: Unix seconds, then `hex`. Accounts, message users, records and groups use it as their id. */
export const objectId = (hex: string = newHex(), at: Date = new Date()): string =>
  Math.floor(at.getTime() / 1000)
    .toString(16)
    .padStart(8, '0') + hex

export const newWorkspaceId = (): string => `ws_${newHex()}`
export const newChatbotId = (): string => `cb_${newHex()}`
export const newExportId = (): string => `exp_${newHex()}`

export const sha256Hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
