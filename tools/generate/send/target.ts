export type BatchFormat = 'ndjson' | 'json'

/** Where events are posted to, and how. */
export interface EventsTarget {
  /** Base of the API; ends in `/api/v1`, without a slash. */
  url: string
  /** `sk-workspace_…` with events:write. */
  key: string
  codename: string
  format: BatchFormat
  /** Requests at a time. */
  inFlight: number
}
