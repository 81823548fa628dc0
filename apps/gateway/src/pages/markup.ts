const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** Markup that may stand in a page as it is. */
export class Markup {
  constructor(readonly source: string) {}
}

/**
 * A template whose values are escaped, unless they are markup themselves. It is not called html, because
 * Prettier lays out templates of that name anew, and the style in a page must be the very one that was hashed.
 */
export function markup(parts: TemplateStringsArray, ...values: (string | Markup)[]): Markup {
  const source = parts.reduce((before, part, i) => {
    const value = values[i - 1] ?? ''
    return before + (value instanceof Markup ? value.source : escaped(value)) + part
  })
  return new Markup(source)
}

export const joined = (pieces: readonly Markup[]): Markup =>
  new Markup(pieces.map(({ source }) => source).join(''))

export const nothing = new Markup('')
