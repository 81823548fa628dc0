import { RouteSettings } from '../http/route-settings.js'

/** What a route of the archive's pages asks for. A form has to come from a page of ours in any case. */
export interface ArchiveAccess {
  /** Somebody is logged in, and has requests left by the app token they logged in with. */
  session?: true
  /** The caller's address has attempts to log in left; the request takes one. */
  attempt?: true
}

declare module 'fastify' {
  interface FastifyContextConfig {
    archives?: ArchiveAccess
  }
}

/** Makes a route, or every route of a controller, one of the archive's pages: `ArchiveGate` judges who comes to it. */
export const ArchivePage = (archives: ArchiveAccess = {}) => RouteSettings({ archives })
