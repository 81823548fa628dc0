import { z } from 'zod'

/**
 * One mail address: no display name, no list, no group, nothing that could end a header line.
 * 254 characters is RFC 5321's longest path less its brackets; ASCII, because SMTPUTF8 is rare.
 */
export const mailAddress = z
  .string()
  .max(254, 'Must have at most 254 characters')
  .regex(
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    'Must be a valid email address',
  )
  .refine((address) => address.indexOf('@') <= 64, 'Must be a valid email address')
