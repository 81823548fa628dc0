import type { ArchiveViewQuery } from './archive-view.schema.js'

export const ARCHIVES = '/archives'

/** Where a view is, with nothing in it that goes without saying. */
export function archiveAddress({ format, folder, from, to, cursor }: Partial<ArchiveViewQuery>): string {
  const query = new URLSearchParams()
  if (format !== undefined && format !== 'csv') query.set('format', format)
  for (const [name, value] of Object.entries({ folder, from, to, cursor })) {
    if (value !== undefined && value !== '') query.set(name, value)
  }
  return query.size === 0 ? ARCHIVES : `${ARCHIVES}?${query.toString()}`
}

const LOGIN = `${ARCHIVES}/login`

/** @param query of the view that was asked for, to come back to */
export function loginAddress({ hasEnded, query = '' }: { hasEnded: boolean; query?: string }): string {
  const more = new URLSearchParams({ ...(hasEnded && { ended: '1' }), ...(query !== '' && { to: query }) })
  return more.size === 0 ? LOGIN : `${LOGIN}?${more.toString()}`
}

/** The view that a query tells of: written anew, so that it can lead nowhere else. */
export const addressOf = (query: string): string => {
  const tidy = new URLSearchParams(query).toString()
  return tidy === '' ? ARCHIVES : `${ARCHIVES}?${tidy}`
}
