export const exportStates = ['queued', 'running', 'completed', 'failed', 'cancelled', 'expired'] as const
export type ExportState = (typeof exportStates)[number]

/**
 * The life of an export (DESIGN section 5): what may follow what is read here and nowhere else. Every
 * statement that moves an export takes its WHERE from `statesBefore`, so the database holds the table too.
 */
export const transitions: Record<ExportState, readonly ExportState[]> = {
  // claimed; cancelled
  queued: ['running', 'cancelled', 'failed'],
  // done; a fault that may pass, or a worker draining; given up; cancelled; taken over by another worker
  running: ['completed', 'queued', 'failed', 'cancelled', 'running'],
  // the file's time is over
  completed: ['expired'],
  // an operator's or a client's second try
  failed: ['queued'],
  cancelled: [],
  expired: [],
}

/** The states an export may be in before it comes to `next`. */
export const statesBefore = (next: ExportState): ExportState[] =>
  exportStates.filter((state) => transitions[state].includes(next))
