import type { CallOptions, Calls, Schemas } from './calls.js'
import { LeadferryError } from './errors.js'

type Export = Schemas['Export']

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5000

/** An export that ended without a file to fetch: failed, cancelled or expired; `export.error` says why. */
export class ExportEndedError extends Error {
  override readonly name = 'ExportEndedError'
  readonly export: Export

  constructor(ended: Export) {
    super(`The export ${ended.id} is ${ended.state}${ended.error === null ? '' : `: ${ended.error.message}`}`)
    this.export = ended
  }
}

/**
 * Asks how an export is, at first often, then every 5 seconds, until it is completed. Told to come back
 * later (429, 503), it does.
 * @throws ExportEndedError for one that ends otherwise; the signal's reason when that aborts
 */
export async function waitForExport(
  getExport: Calls['getExport'],
  id: string,
  options: CallOptions,
): Promise<Export> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const found = await getExport({ path: { id } }, options).catch(retryAfter)
    if (typeof found === 'number') {
      await sleep(found * 1000, options.signal)
      continue
    }
    if (found.state === 'completed') return found
    if (found.state !== 'queued' && found.state !== 'running') throw new ExportEndedError(found)
    await sleep(pause, options.signal)
  }
}

/** The seconds that an error asks to wait. @throws the error itself when it asks for nothing */
function retryAfter(error: unknown): number {
  if (error instanceof LeadferryError && error.retryAfter !== null) return error.retryAfter
  throw error
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
