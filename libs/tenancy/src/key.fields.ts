import { z } from 'zod'
import { mailAddress, nameField } from '#core'
import { scopes } from './token.js'

/** What a new key is made of. */
export const keyFields = {
  kind: z.enum(['api_key', 'app_token'], 'Must be api_key or app_token'),
  ownerName: nameField(200),
  ownerEmail: mailAddress,
  scopes: z
    .array(z.enum(scopes, `Must be one of ${scopes.join(', ')}`), 'Must be a list of scopes')
    .min(1, 'Must not be empty')
    .refine((list) => new Set(list).size === list.length, 'Must not name one twice'),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'Must be an ISO-8601 timestamp with an offset' })
    .refine((time) => new Date(time).getTime() > Date.now(), 'Must be in the future'),
}
