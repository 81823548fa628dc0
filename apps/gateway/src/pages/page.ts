import type { Locale } from '#tenancy'
import { Markup, markup, nothing } from './markup.js'
import type { Stylesheet } from './stylesheet.js'

export interface PageContent {
  title: string
  body: Markup
  /** Above what is the page's own. */
  header?: Markup
  locale: Locale
  style: Stylesheet
  /** For what reads like a list, from the top of the window; else a card in its middle. */
  isWide?: boolean
}

/** The document around what a page for people says. */
export const page = ({ title, body, header = nothing, locale, style, isWide = false }: PageContent): string =>
  markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Leadferry</title>
<style>${new Markup(style.css)}</style>
</head>
<body${isWide ? markup` class="wide"` : nothing}>
${header}
<main>
${body}
</main>
<footer>Leadferry</footer>
</body>
</html>
`.source

/** Says that something is not to be had. */
export const noticeBody = (title: string, text: string): Markup =>
  markup`<div class="file"><div class="badge off" aria-hidden="true">–</div><h1>${title}</h1></div>
<p class="text">${text}</p>`
