/** Why an export waits or has failed, as the status and the mail say it. */
export const failureReasons = [
  'storage_unavailable',
  'storage_refused',
  'database_unavailable',
  'timed_out',
  'too_large',
  'worker_lost',
  'internal_error',
] as const
export type FailureReason = (typeof failureReasons)[number]
