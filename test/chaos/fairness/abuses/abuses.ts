import type { Abuse } from './abuse.js'
import { accounts } from './accounts.js'
import { creates } from './creates.js'
import { fullBatches } from './full-batches.js'
import { brackets, keys } from './hostile-bodies.js'
import { largePages } from './large-pages.js'
import { loginForms } from './login-forms.js'
import { manyExports } from './many-exports.js'
import { months } from './months.js'
import { rejectedBatches } from './rejected-batches.js'
import { stalledDownloads } from './stalled-downloads.js'

/** The worst that a tenant can do, in the order in which a run does it: what leaves work behind comes last. */
export const abuses = {
  'full-batches': fullBatches,
  'rejected-batches': rejectedBatches,
  brackets,
  keys,
  'login-forms': loginForms,
  creates,
  'large-pages': largePages,
  'stalled-downloads': stalledDownloads,
  'many-exports': manyExports,
  accounts,
  months,
} as const satisfies Record<string, Abuse>

export type AbuseName = keyof typeof abuses
export const abuseNames = Object.keys(abuses) as AbuseName[]
