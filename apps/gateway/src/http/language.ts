import type { Locale } from '#tenancy'

/**
 * The language to answer in: what `Accept-Language` (RFC 9110, 12.5.4) likes best of those we have.
 * @param otherwise when the header is absent or wants neither
 */
export function preferredLanguage(header: string | undefined, otherwise: Locale): Locale {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().split(';')
    const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((value) => value !== undefined)
    return { language: tag.slice(0, 2).toLowerCase(), q: Number(q ?? 1) }
  })
  // The sort is stable: of two that are liked alike, the first one wins.
  const best = wanted.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q)
  const found = best.find(({ language }) => language === 'es' || language === 'en')
  return found === undefined ? otherwise : (found.language as Locale)
}
