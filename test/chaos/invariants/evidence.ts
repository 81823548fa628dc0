import type pg from 'pg'

/** What a client was told about an export. */
export interface AcceptedExport {
  id: string
  /** Codename of its workspace. */
  workspace: string
  dataset: string
  format: string
  gzip: boolean
  /** Whether a client was answered 200 to its cancel. */
  cancelled: boolean
}

/** All that can be looked at from outside once the faults are over. */
export interface Evidence {
  /** Sees everything, past row-level security. */
  superuser: pg.Pool
  /** The S3 server itself, nothing in between. */
  store: { endpoint: string; bucket: string; accessKeyId: string; secretAccessKey: string }
  /** Its `/api/messages` has every mail that was delivered. */
  mailbox: { url: string }
  /** Lines by process; those of programs of the product are called `gateway…` and `worker…`. */
  logs: Map<string, string[]>
  accepted: AcceptedExport[]
  /** Keys, tokens, passwords: none may be in a log. */
  secrets: string[]
  /** Mail addresses of recipients: none may be in a log. */
  addresses: string[]
  /** Of a gateway that runs. */
  apiUrl: string
}

export interface Finding {
  invariant: string
  /** Null where it is about no single export. */
  exportId: string | null
  /** What is wrong, with figures. */
  says: string
}

/** What must hold whatever happened. */
export interface Invariant {
  name: string
  /** @returns nothing where it holds */
  check(evidence: Evidence): Promise<Finding[]>
}
