/**
 * A request's target as the router reads it: the path and the query alone (RFC 9112, 3.2.1). A target in
 * absolute form loses its scheme and host; a path that is not valid percent-encoding is taken literally,
 * so that it is refused where any other path is: after authentication, and as one that does not exist.
 */
export function originForm(target: string): string {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '')
  const rooted = local.startsWith('/') ? local : `/${local}`
  const end = rooted.search(/[?#]/)
  const path = end === -1 ? rooted : rooted.slice(0, end)
  return isDecodable(path) ? rooted : path.replaceAll('%', '%25') + rooted.slice(path.length)
}

function isDecodable(path: string): boolean {
  if (!path.includes('%')) return true
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
