import { AppError } from './app-error.js'

/** 429 for a workspace that has as much under way in this process as one workspace may: its own bound, which touches no other. */
export const workspaceBusy = (limit: number, what: string): AppError =>
  new AppError(
    'TOO_MANY_REQUESTS',
    {
      reason: 'workspace_busy',
      limit,
      message: `The workspace has ${limit} ${what} under way, which is as many as may`,
    },
    { 'Retry-After': '1' },
  )
