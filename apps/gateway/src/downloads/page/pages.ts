import type { Locale } from '#tenancy'
import { joined, type Markup, markup } from '../../pages/markup.js'
import { noticeBody, page } from '../../pages/page.js'
import { downloadStyle as style } from './style.js'
import { pageTexts } from './texts.js'

/** What the page says of a file. */
export interface PageFile {
  name: string
  format: string
  bytes: number
  rows: number
  sha256: string
  createdAt: Date
  expiresAt: Date | null
  /** IANA name of the zone that times are shown in. */
  timeZone: string
}

/** The page behind a mailed link. Opening it spends nothing: only the button asks for the file. */
export function downloadPage(file: PageFile, locale: Locale): string {
  const texts = pageTexts[locale]
  const facts = [
    fact(texts.size, bytes(file.bytes, locale)),
    fact(texts.rows, file.rows.toLocaleString(numberLocale[locale])),
    fact(texts.created, time(file.createdAt, file.timeZone, locale)),
    ...(file.expiresAt === null ? [] : [fact(texts.expires, time(file.expiresAt, file.timeZone, locale))]),
  ]
  const body = markup`<div class="file">
<div class="badge" aria-hidden="true">${file.format.toUpperCase()}</div>
<div><h1>${texts.ready}</h1><p class="name">${file.name}</p></div>
</div>
<dl>
${joined(facts)}
<div class="wide"><dt>${texts.checksum}</dt><dd><code>${file.sha256}</code><small>${texts.checksumHint}</small></dd></div>
</dl>
<form method="post"><button type="submit">${texts.download}</button></form>
<p class="note">${texts.bearer}</p>`
  return page({ title: texts.ready, body, locale, style })
}

/** 410: the file was there. */
export const gonePage = (locale: Locale): string =>
  notice(pageTexts[locale].goneTitle, pageTexts[locale].goneText, locale)

/** 410: the link was valid once. */
export const revokedPage = (locale: Locale): string =>
  notice(pageTexts[locale].revokedTitle, pageTexts[locale].revokedText, locale)

/** 503: with DOWNLOADS=proxy, as many downloads are under way as may be. */
export const fullPage = (locale: Locale): string =>
  notice(pageTexts[locale].fullTitle, pageTexts[locale].fullText, locale)

/** 404: not a link that was made here. */
export const missingPage = (locale: Locale): string =>
  notice(pageTexts[locale].missingTitle, pageTexts[locale].missingText, locale)

const notice = (title: string, text: string, locale: Locale): string =>
  page({ title, body: noticeBody(title, text), locale, style })

const fact = (name: string, value: string): Markup => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`

/** `es` alone groups no number of four digits, and reads as Spain; the product's Spanish is Latin American. */
const numberLocale: Record<Locale, string> = { es: 'es-PE', en: 'en-US' }

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

function bytes(count: number, locale: Locale): string {
  const power = Math.min(units.length - 1, count < 1000 ? 0 : Math.floor(Math.log10(count) / 3))
  const value = count / 1000 ** power
  const digits = power === 0 || value >= 100 ? 0 : 1
  return `${value.toLocaleString(numberLocale[locale], { maximumFractionDigits: digits })} ${units[power] ?? ''}`
}

const time = (at: Date, timeZone: string, locale: Locale): string =>
  at.toLocaleString(numberLocale[locale], {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
