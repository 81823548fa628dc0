import type { Locale } from '#tenancy'
import { type Markup, markup, nothing } from '../../pages/markup.js'
import { page } from '../../pages/page.js'
import { loginAddress } from '../archive-address.js'
import { archiveStyle } from './style.js'
import { archiveTexts, type ArchiveTexts } from './texts.js'

export type LoginProblem = keyof ArchiveTexts['problems']

/** @param to query of the view to come back to */
export function loginPage(
  { problem, to }: { problem: LoginProblem | undefined; to: string },
  locale: Locale,
): string {
  const { login, problems } = archiveTexts[locale]
  const body = markup`<h1>${login.title}</h1>
<p class="text">${login.text}</p>
${problem === undefined ? nothing : alert(problems[problem])}
<form class="login" method="post" action="${loginAddress({ hasEnded: false, query: to })}">
<div><label for="token">${login.token}</label>
<input id="token" name="token" type="password" required autofocus autocomplete="current-password" spellcheck="false" aria-describedby="hint">
<p class="hint" id="hint">${login.hint}</p></div>
${to === '' ? nothing : markup`<input type="hidden" name="to" value="${to}">`}
<button type="submit">${login.button}</button>
</form>`
  return page({ title: login.title, body, locale, style: archiveStyle })
}

const alert = (text: string): Markup => markup`<p class="note" role="alert">${text}</p>`
