import type pg from 'pg'

export interface AcceptedExport {
  id: string
  workspace: string
  dataset: string
  format: string
  gzip: boolean
  cancelled: boolean
}
export interface Evidence {
  superuser: pg.Pool
  store: { endpoint: string; bucket: string; accessKeyId: string; secretAccessKey: string }
  mailbox: { url: string }
  logs: Map<string, string[]>
  accepted: AcceptedExport[]
  secrets: string[]
  addresses: string[]
  apiUrl: string
}
export interface Finding {
  invariant: string
  exportId: string | null
  problem: string
}
