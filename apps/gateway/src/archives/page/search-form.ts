import { type Markup, markup, nothing } from '../../pages/markup.js'
import { ARCHIVES } from '../archive-address.js'
import type { ArchiveView } from '../archive-views.js'
import type { Words } from './lists.js'

/** Open where days were chosen. A GET, so that what was searched for has an address. Without the tick it looks everywhere, in every format. */
export function searchForm(view: ArchiveView, { texts }: Words): Markup {
  const { format, folder, from, to } = view.query
  const isWrong = view.kind === 'folder' && view.hasWrongDays
  const input = (name: string, label: string, value: string) =>
    markup`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="date" value="${value}" aria-describedby="one-day"></div>`
  const open = from === '' && to === '' ? nothing : markup` open`
  return markup`<details class="search"${open}><summary><h2 id="search">${texts.search}</h2></summary>
<form role="search" method="get" action="${ARCHIVES}" aria-labelledby="search">
${isWrong ? markup`<p class="note" role="alert">${texts.wrongDays}</p>` : nothing}
<div class="fields">
${input('from', texts.from, from)}
${input('to', texts.to, to)}
${format === 'csv' ? nothing : markup`<input type="hidden" name="format" value="${format}">`}
${
  folder === ''
    ? nothing
    : markup`<label class="check"><input type="checkbox" name="folder" value="${folder}" checked> ${texts.onlyHere}</label>`
}
<button class="small" type="submit">${texts.searchButton}</button>
</div>
<p class="hint" id="one-day">${texts.oneDay}</p>
</form></details>`
}
