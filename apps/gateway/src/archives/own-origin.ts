import type { IncomingHttpHeaders } from 'node:http'
import { isOwnHost } from '../http/own-origin.js'

/**
 * Whether a form was posted by a page of ours. Browsers name the page's origin with every POST; ours is the
 * public address, or wherever else the request was sent to, which the page can't choose.
 */
export const isOwnOrigin = ({ origin, host }: IncomingHttpHeaders, publicUrl: string): boolean =>
  origin !== undefined && (origin === new URL(publicUrl).origin || isOwnHost(origin, host))
