import type { CallOptions, Calls, Schemas } from './calls.js'
import { routes } from './generated.js'
import { type RawInput, send, type Settings } from './send.js'
import { waitForExport } from './wait-for-export.js'

/** A method per operation of the API, and what takes more than one request. */
export interface Client extends Calls {
  /** Resolves when the export is completed. @throws ExportEndedError when it ends otherwise */
  waitForExport(id: string, options?: CallOptions): Promise<Schemas['Export']>
}

export function createClient(settings: Settings): Client {
  const calls = Object.fromEntries(
    Object.entries(routes).map(([id, route]) => [
      id,
      (input: RawInput = {}, options: CallOptions = {}) => send(settings, route, input, options),
    ]),
  ) as unknown as Calls
  return { ...calls, waitForExport: (id, options = {}) => waitForExport(calls.getExport, id, options) }
}
