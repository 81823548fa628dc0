import type { FaultName } from '../faults/faults.js'
import type { TenantName } from '../world/tenants.js'

/** A change to the compiled product, made as a process loads it: the product itself has no switch for it. */
export interface Mutation {
  /** Below the build folder. */
  file: string
  /** Must stand there, or the process does not start: a control that changes nothing proves nothing. */
  find: string
  replace: string
}

/** A guard that is switched off, so that the suite can show that it would find the damage. */
export interface Guard {
  mutations: readonly Mutation[]
  /** Run by a superuser before anything is accepted. */
  sql?: string
  /** Invariants one of which must be broken. */
  breaks: readonly string[]
}

/** A guard against faults. */
export interface Control extends Guard {
  /** Whose exports it is about; absent: everybody's. */
  tenants?: readonly [TenantName, ...TenantName[]]
  /** The faults that the guard is there for; they strike by turns, and no others. */
  faults: readonly [FaultName, ...FaultName[]]
}

export const controls = {
  /** Who holds an older claim may finish, put off or fail what another works on. */
  fence: {
    mutations: [
      {
        file: 'libs/exports/src/claims/claims.sql.js',
        find: 'e.id = $1 AND e.epoch = $2 AND',
        replace: 'e.id = $1 AND $2::int IS NOT NULL AND',
      },
    ],
    tenants: ['medium'],
    faults: ['worker-frozen-at-work'],
    breaks: ['files-are-whole', 'nothing-left-behind'],
  },
  /** All attempts at an export write to one object. */
  'epoch-key': {
    mutations: [
      {
        file: 'libs/exports/src/pipeline/export-runner.js',
        find: '${claim.id}-${claim.epoch}/archive',
        replace: '${claim.id}-0/archive',
      },
    ],
    tenants: ['versions'],
    faults: ['storage-late-put'],
    breaks: ['files-are-whole', 'nothing-left-behind'],
  },
  /** An ending that is told twice is mailed twice. */
  'outbox-key': {
    mutations: [
      {
        file: 'libs/exports/src/claims/claims.sql.js',
        find: 'ON CONFLICT (export_id, kind, retries) DO NOTHING',
        replace: '',
      },
    ],
    sql: 'ALTER TABLE mail_outbox DROP CONSTRAINT mail_outbox_export_id_kind_retries_key',
    faults: ['endings-told-twice'],
    breaks: ['one-mail-per-ending'],
  },
  /** Nobody looks for what no message told of. */
  sweeper: {
    mutations: [
      {
        file: 'apps/worker/src/janitors/sweeper.js',
        find: 'async sweep(pace, ending) {',
        replace: 'async sweep(pace, ending) { return;',
      },
    ],
    faults: ['messages-lost', 'worker-killed'],
    breaks: ['ends-once', 'nothing-left-behind'],
  },
} as const satisfies Record<string, Control>

export type ControlName = keyof typeof controls
export const controlNames = Object.keys(controls) as ControlName[]
