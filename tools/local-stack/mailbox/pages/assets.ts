export const script = `'use strict'

const refreshMs = 2000

function showTimes() {
  for (const time of document.querySelectorAll('time')) {
    const date = new Date(time.dateTime)
    const today = date.toDateString() === new Date().toDateString()
    time.textContent = today ? date.toLocaleTimeString() : date.toLocaleString()
    time.title = time.dateTime
  }
}

async function refresh() {
  const mails = await (await fetch('/api/messages')).json()
  const state = (mails.length > 0 ? mails[0].id : '') + ':' + mails.length
  if (state === document.querySelector('main').dataset.state) return
  const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html')
  for (const name of ['header', 'main']) document.querySelector(name).replaceWith(page.querySelector(name))
  document.title = page.title
  showTimes()
}

async function keepFresh() {
  // The stack may be restarting: the next round will tell.
  await refresh().catch(() => undefined)
  setTimeout(keepFresh, refreshMs)
}

document.addEventListener('click', async (event) => {
  if (!event.target.matches('[data-delete-all]')) return
  await fetch('/api/messages', { method: 'DELETE' })
  await refresh()
})

showTimes()
if (document.querySelector('main[data-state]')) setTimeout(keepFresh, refreshMs)
`

export const stylesheet = `:root {
  --ink: #1b2430; --soft: #5b6878; --line: #dfe4ea; --paper: #fff; --ground: #f4f6f8; --accent: #0b62c4;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf3; --soft: #9aa7b6; --line: #2c3641; --paper: #1a2129; --ground: #11161c; --accent: #6cb0ff; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
.bar, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
.bar { position: relative; padding-top: 1.75rem; padding-bottom: 1rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
.bar p { margin: .25rem 0 0; color: var(--soft); }
button { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: .5rem;
  padding: .35rem .8rem; margin-top: .75rem; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--accent); }
a { color: var(--accent); text-decoration: none; }
.back { display: inline-block; margin-bottom: .75rem; }
.mails { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line);
  border-radius: .75rem; overflow: hidden; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; padding: .8rem 1rem; color: inherit; }
.mails a:hover, .mails a:focus-visible { background: var(--ground); }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.people { grid-column: 1 / -1; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.people b { font-weight: normal; }
time { color: var(--soft); font-size: .9rem; white-space: nowrap; }
.empty { padding: 4rem 1rem; text-align: center; color: var(--soft); background: var(--paper);
  border: 1px dashed var(--line); border-radius: .75rem; }
.empty h2 { margin: 0; color: var(--ink); font-size: 1.15rem; }
.empty p { margin: .25rem 0 0; }
dl { margin: .75rem 0 0; font-size: .9rem; }
dl div { display: flex; gap: .75rem; }
dt { flex: 0 0 3.5rem; color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; white-space: pre-line; }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin-bottom: .5rem; }
.tabs a { padding: .35rem .8rem; border-radius: .5rem; }
.tabs a[aria-current] { background: var(--accent); color: var(--paper); }
iframe, pre, .headers { width: 100%; margin: 0 0 2rem; border: 1px solid var(--line); border-radius: .75rem; }
iframe { display: block; height: calc(100vh - 17rem); min-height: 26rem; background: #fff; }
pre, .headers { padding: 1rem; background: var(--paper); }
pre { font: .9rem/1.6 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.headers div + div { margin-top: .35rem; }
.headers dt { flex-basis: 11rem; }
@media (max-width: 36rem) {
  .headers div { display: block; }
  .mails a { grid-template-columns: 1fr; }
  iframe { border-radius: 0; margin-inline: -1rem; width: calc(100% + 2rem); border-inline: 0; }
}
@media (min-width: 36.01rem) {
  .bar button { position: absolute; right: 1rem; top: 1.5rem; margin: 0; }
}
`
