import { formatNames, presenter } from '#exports'
import type { Locale, Principal } from '#tenancy'
import { joined, type Markup, markup, nothing } from '../../pages/markup.js'
import { page } from '../../pages/page.js'
import { archiveAddress, ARCHIVES } from '../archive-address.js'
import type { ArchiveView } from '../archive-views.js'
import { fileTable, folderList, type Words } from './lists.js'
import { folderName, stepsTo } from './names.js'
import { searchForm } from './search-form.js'
import { archiveStyle } from './style.js'
import { archiveTexts } from './texts.js'

/** A folder, or the files of some days. */
export function archivePage(view: ArchiveView, holder: Principal, locale: Locale): string {
  const words: Words = { texts: archiveTexts[locale], present: presenter(locale, holder.timeZone) }
  const title = titleOf(view, words)
  const body = markup`${breadcrumbs(view, words)}
<h1>${title}${detailOf(view, words)}</h1>
${formats(view, words)}
${searchForm(view, words)}
${view.kind === 'folder' ? folderContent(view, words) : daysContent(view, words)}
${pager(view, words)}`
  return page({ title, body, header: bar(holder, words), locale, style: archiveStyle, isWide: true })
}

const bar = ({ codename }: Principal, { texts }: Words): Markup =>
  markup`<header class="bar"><a href="${ARCHIVES}">Leadferry</a><span>${codename}</span>
<form method="post" action="${ARCHIVES}/logout/everywhere"><button class="small quiet" type="submit">${texts.logoutEverywhere}</button></form>
<form method="post" action="${ARCHIVES}/logout"><button class="small quiet" type="submit">${texts.logout}</button></form></header>`

function titleOf(view: ArchiveView, { texts, present }: Words): string {
  if (view.kind === 'days') {
    const { first, last } = view.days
    return first === last
      ? texts.filesOf(present.day(first))
      : texts.filesBetween(present.day(first), present.day(last))
  }
  const last = stepsOf(view).at(-1)
  return last === undefined ? texts.archive : folderName(last.segment, texts).name
}

/** What tells accounts of one name apart. */
function detailOf(view: ArchiveView, { texts }: Words): Markup {
  const last = stepsOf(view).at(-1)
  const detail =
    view.kind === 'folder' && last !== undefined ? folderName(last.segment, texts).detail : undefined
  return detail === undefined ? nothing : markup` <small>${detail}</small>`
}

const stepsOf = ({ query: { folder } }: ArchiveView) =>
  stepsTo(folder === '' || folder.endsWith('/') ? folder : `${folder}/`)

/** The last one is the page itself, unless that is a search. */
function breadcrumbs(view: ArchiveView, { texts }: Words): Markup {
  const { format } = view.query
  const steps = [
    { label: texts.archive, folder: '' },
    ...stepsOf(view).map(({ segment, folder }) => ({ label: folderName(segment, texts).name, folder })),
  ]
  if (view.kind === 'folder' && steps.length === 1) return nothing
  const items = steps.map(({ label, folder }, i) =>
    view.kind === 'folder' && i === steps.length - 1
      ? markup`<li aria-current="page">${label}</li>`
      : markup`<li><a href="${archiveAddress({ format, folder })}">${label}</a></li>`,
  )
  return markup`<nav class="path" aria-label="${texts.path}"><ol>${joined(items)}</ol></nav>`
}

/** Each format has a tree of its own, and exports appear under theirs; what is built daily is csv only. */
function formats({ kind, query }: ArchiveView, { texts }: Words): Markup {
  const { folder } = query
  if (kind === 'days' || (folder !== '' && !folder.startsWith('exports'))) return nothing
  const links = formatNames.map((format) => {
    const current = format === query.format ? markup` aria-current="true"` : nothing
    return markup`<li><a href="${archiveAddress({ format, folder })}"${current}>${format.toUpperCase()}</a></li>`
  })
  return markup`<nav class="formats" aria-label="${texts.formats}"><ul>${joined(links)}</ul></nav>`
}

function folderContent(view: ArchiveView & { kind: 'folder' }, words: Words): Markup {
  const { query, page } = view
  const folders = page.rows.filter(({ size }) => size === undefined)
  const files = page.rows.flatMap(({ complete: name, size, rows, date: day = '' }) =>
    size === undefined || rows === undefined ? [] : [{ name, size, rows, day, format: query.format }],
  )
  if (page.rows.length === 0) {
    const { empty, emptyFolder } = words.texts
    return markup`<p class="text">${query.folder === '' ? empty : emptyFolder}</p>`
  }
  return joined([
    folders.length === 0 ? nothing : folderList(folders, query.format, words),
    files.length === 0 ? nothing : fileTable(files, words),
  ])
}

function daysContent({ page, query }: ArchiveView & { kind: 'days' }, words: Words): Markup {
  const { texts } = words
  const back = archiveAddress({ format: query.format, folder: query.folder })
  return markup`${
    page.rows.length === 0
      ? markup`<p class="text">${texts.noFiles}</p>`
      : fileTable(page.rows, words, { withFolder: true })
  }
<p><a href="${back}">${query.folder === '' ? texts.backToArchive : texts.backToFolder}</a></p>`
}

function pager({ query, page: { next } }: ArchiveView, { texts }: Words): Markup {
  const links = [
    ...(query.cursor === undefined
      ? []
      : [markup`<a href="${archiveAddress({ ...query, cursor: undefined })}">${texts.toStart}</a>`]),
    ...(next === null
      ? []
      : [markup`<a rel="next" href="${archiveAddress({ ...query, cursor: next })}">${texts.next} →</a>`]),
  ]
  if (links.length === 0) return nothing
  return markup`<nav class="pages" aria-label="${texts.pages}">${joined(links)}</nav>`
}
