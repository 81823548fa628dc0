import type { Config } from '#core'
import type { Stylesheet } from './stylesheet.js'

export type Places = Pick<
  Config,
  'S3_ENDPOINT' | 'S3_PUBLIC_ENDPOINT' | 'S3_PATH_STYLE' | 'S3_BUCKET' | 'PUBLIC_URL'
>

/**
 * Headers of every page for people: it goes into no cache and no index, and nothing may run on it or frame it.
 * Its forms go to the gateway, and to the storage where they are answered by a redirect to a file.
 */
export const pageHeaders = (
  config: Places,
  { style, referrer }: { style: Stylesheet; referrer: 'no-referrer' | 'same-origin' },
): Record<string, string> => ({
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': referrer,
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src '${style.hash}'`,
    // Chromium holds the redirect that answers a form against form-action as well.
    `form-action 'self' ${fileOrigins(config).join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
})

/** Where a file may come from: the gateway's public address and the storage as browsers reach it. */
function fileOrigins({
  S3_ENDPOINT,
  S3_PUBLIC_ENDPOINT,
  S3_PATH_STYLE,
  S3_BUCKET,
  PUBLIC_URL,
}: Places): string[] {
  const storage = new URL(S3_PUBLIC_ENDPOINT ?? S3_ENDPOINT)
  if (!S3_PATH_STYLE) storage.hostname = `${S3_BUCKET}.${storage.hostname}`
  return [new URL(PUBLIC_URL).origin, storage.origin]
}
