import type { Locale } from '#tenancy'
import { markup } from '../../pages/markup.js'
import { noticeBody, page } from '../../pages/page.js'
import { ARCHIVES } from '../archive-address.js'
import { archiveStyle } from './style.js'
import { archiveTexts, type ArchiveTexts } from './texts.js'

export type NoticeReason = keyof ArchiveTexts['notices']

/** Says why something is not to be had, with the way back. */
export function noticePage(reason: NoticeReason, locale: Locale): string {
  const { notices, backToArchive } = archiveTexts[locale]
  const { title, text } = notices[reason]
  const body = markup`${noticeBody(title, text)}
<p class="text"><a href="${ARCHIVES}">${backToArchive}</a></p>`
  return page({ title, body, locale, style: archiveStyle })
}
