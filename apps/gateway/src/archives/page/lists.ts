import type { ArchiveEntry, FormatName, presenter } from '#exports'
import { joined, type Markup, markup, nothing } from '../../pages/markup.js'
import { archiveAddress, ARCHIVES } from '../archive-address.js'
import { folderName, stepsTo } from './names.js'
import type { ArchiveTexts } from './texts.js'

/** How a page speaks: its texts, and how it writes numbers and days. */
export interface Words {
  texts: ArchiveTexts
  present: ReturnType<typeof presenter>
}

export interface ListedFile {
  name: string
  /** YYYY-MM-DD. */
  day: string
  rows: number | string
  /** Bytes. */
  size: number | string
  format: FormatName
}

export function folderList(folders: readonly ArchiveEntry[], format: FormatName, { texts }: Words): Markup {
  const items = folders.map(({ prefix, complete }) => {
    const { name, detail } = folderName(prefix, texts)
    const more = detail === undefined ? nothing : markup`<small>${detail}</small>`
    return markup`<li><a href="${archiveAddress({ format, folder: complete })}"><span><strong>${name}</strong>${more}</span></a></li>\n`
  })
  return markup`<h2>${texts.folders}</h2>
<ul class="folders">
${joined(items)}</ul>`
}

/**
 * The roles are those that a table has anyway; browsers forget them where a phone's style makes blocks of its rows.
 * @param withFolder where files of several folders are shown together
 */
export function fileTable(
  files: readonly ListedFile[],
  { texts, present }: Words,
  { withFolder = false } = {},
): Markup {
  const head = (label: string | Markup, kind = '') =>
    markup`<th role="columnheader" scope="col" class="${kind}">${label}</th>`
  const rows = files.map(({ name, day, rows, size, format }) => {
    const fileName = name.slice(name.lastIndexOf('/') + 1)
    return markup`<tr role="row"><td role="cell">${present.day(day)}</td>
${withFolder ? markup`<td role="cell">${folderLink(name, format, texts)}</td>\n` : nothing}<td role="cell"><small>${fileName}</small></td>
<td role="cell" class="number" data-label="${texts.rows}">${present.number(rows)}</td>
<td role="cell" class="number" data-label="${texts.size}">${present.bytes(size)}</td>
<td role="cell" class="get"><form method="post" action="${ARCHIVES}/download"><input type="hidden" name="name" value="${name}"><button class="small" type="submit">${texts.download}<span class="unseen"> ${fileName}</span></button></form></td></tr>
`
  })
  return markup`<h2>${texts.files}</h2>
<table role="table"><thead role="rowgroup"><tr role="row">${head(texts.day)}${withFolder ? head(texts.folder) : nothing}${head(texts.file)}${head(texts.rows, 'number')}${head(texts.size, 'number')}${head(markup`<span class="unseen">${texts.download}</span>`)}</tr></thead>
<tbody role="rowgroup">
${joined(rows)}</tbody></table>`
}

function folderLink(name: string, format: FormatName, texts: ArchiveTexts): Markup {
  const steps = stepsTo(name)
  const names = steps.map(({ segment }) => folderName(segment, texts))
  const detail = names.at(-1)?.detail
  const link = markup`<a href="${archiveAddress({ format, folder: steps.at(-1)?.folder })}">${names.map((step) => step.name).join(' / ')}</a>`
  return detail === undefined ? link : markup`${link}<small>${detail}</small>`
}
