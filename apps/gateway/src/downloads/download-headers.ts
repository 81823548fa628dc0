import type { Config } from '#core'
import { styleHash } from './page/style.js'

type Places = Pick<
  Config,
  'S3_ENDPOINT' | 'S3_PUBLIC_ENDPOINT' | 'S3_PATH_STYLE' | 'S3_BUCKET' | 'PUBLIC_URL'
>

/**
 * Headers of every download page. The link is a secret: it goes into no cache, no index and no Referer,
 * and nothing may run on the page or frame it.
 */
export const downloadHeaders = (config: Places): Record<string, string> => ({
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src '${styleHash}'`,
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
