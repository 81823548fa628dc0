import type { CallOptions } from './calls.js'
import { errorOf } from './errors.js'

export interface Settings {
  /** The server's root; one that ends in `/api/v1` is taken too. */
  baseUrl: string
  /** `sk-workspace_…`; for the archive alone an app token (`app_…`) will do. */
  apiKey: string
  /** In the place of the global fetch, e.g. to go through a proxy. */
  fetch?: typeof fetch
}

export interface Route {
  method: string
  path: string
  answer: 'json' | 'nothing' | 'file'
}

/** What a call was given, once its types do not matter any more. */
export interface RawInput {
  path?: Record<string, string>
  query?: Record<string, unknown>
  header?: Record<string, string>
  body?: unknown
}

/**
 * Sends one request and reads its answer as the route says.
 * @throws LeadferryError for a status that is not a success
 */
export async function send(
  settings: Settings,
  route: Route,
  { path = {}, query = {}, header = {}, body }: RawInput,
  { signal }: CallOptions,
): Promise<unknown> {
  const headers: Record<string, string> = { ...header, Authorization: `Bearer ${settings.apiKey}` }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const root = settings.baseUrl.replace(/\/(api\/v1\/?)?$/, '')
  const url = root + filledIn(route.path, path) + queryString(query)
  const response = await (settings.fetch ?? fetch)(url, {
    method: route.method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  })
  if (!response.ok) throw await errorOf(response)
  if (route.answer === 'file') return response
  return route.answer === 'json' ? response.json() : undefined
}

const filledIn = (template: string, values: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ''))

function queryString(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = given.map(([name, value]) => [name, String(value)] as [string, string])
  return text.length === 0 ? '' : `?${new URLSearchParams(text).toString()}`
}
