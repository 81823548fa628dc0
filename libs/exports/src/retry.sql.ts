/**
 * What is set of an export that has failed and is tried again. Its faults are forgotten; how often it was claimed is
 * not. Only for `state = 'failed'`: nobody else moves such a one.
 */
export const triedAgain = `state = 'queued', retries = retries + 1, tried_since = clock_timestamp(), crashes = 0, deferrals = 0,
    not_before = clock_timestamp(), finished_at = NULL, reason = NULL, rows_done = 0, snapshot_at = NULL`
