/** Whether a page's origin (RFC 6454) names the host that the request was sent to, which the page can not choose. */
export const isOwnHost = (origin: string, host: string | undefined): boolean =>
  // `null` is the origin of a page that has none, such as a sandboxed one.
  URL.canParse(origin) && new URL(origin).host === host
