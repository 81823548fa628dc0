import { Tenancy1767225600001 } from './1767225600001-tenancy.js'
import { Leads1767225600002 } from './1767225600002-leads.js'
import { Exports1767225600003 } from './1767225600003-exports.js'
import { Traces1767225600004 } from './1767225600004-traces.js'
import { FairDays1767225600023 } from './1767225600023-fair-days.js'
import { AccountsBound1767225600024 } from './1767225600024-accounts-bound.js'
import { OldMonths1767225600025 } from './1767225600025-old-months.js'
import { ArchiveSessions1767225600028 } from './1767225600028-archive-sessions.js'

/** Every migration, oldest first. */
export const migrations = [
  Tenancy1767225600001,
  Leads1767225600002,
  Exports1767225600003,
  Traces1767225600004,
  FairDays1767225600023,
  AccountsBound1767225600024,
  OldMonths1767225600025,
  ArchiveSessions1767225600028,
]
