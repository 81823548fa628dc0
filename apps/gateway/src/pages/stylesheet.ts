import { createHash } from 'node:crypto'

/** The only style of a page; there is no script and no file beside it. */
export interface Stylesheet {
  css: string
  /** What a Content-Security-Policy calls it by. */
  hash: string
}

/** What every page for people looks like, and what one kind of them has beside it. */
export function stylesheet(own: string): Stylesheet {
  const css = `${common}${own}`
  return { css, hash: `sha256-${createHash('sha256').update(css).digest('base64')}` }
}

const common = `
:root { color-scheme: light dark; --ink: #17202e; --soft: #5a6678; --line: #e3e7ee; --paper: #fff; --ground: #f3f5f9;
  --accent: #1f5eff; --accent-ink: #fff; --note: #fff8e6; --note-ink: #6b4e00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf3; --soft: #9aa6b8; --line: #2b3442; --paper: #171d27; --ground: #0e131b;
    --accent: #6b95ff; --accent-ink: #0b1222; --note: #2a2411; --note-ink: #f0d48a; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 1.5rem; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { width: 100%; max-width: 34rem; background: var(--paper); border: 1px solid var(--line); border-radius: 16px;
  padding: clamp(1.25rem, 5vw, 2.25rem); box-shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 12px 32px rgb(16 24 40 / 6%); }
.file { display: flex; gap: 1rem; align-items: center; }
.badge { flex: none; display: grid; place-items: center; width: 3.25rem; height: 3.75rem; border-radius: 10px;
  background: var(--accent); color: var(--accent-ink); font-size: .8rem; font-weight: 700; letter-spacing: .04em; }
.badge.off { background: var(--line); color: var(--soft); font-size: 1.4rem; }
h1 { margin: 0; font-size: 1.3rem; line-height: 1.25; }
button { width: 100%; padding: .9rem 1.25rem; border: 0; border-radius: 10px; background: var(--accent);
  color: var(--accent-ink); font: inherit; font-weight: 650; cursor: pointer; }
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.note { margin: 1.25rem 0 0; padding: .75rem 1rem; border-radius: 10px; background: var(--note); color: var(--note-ink);
  font-size: .9rem; }
.text { margin: 1.25rem 0 0; color: var(--soft); }
footer { color: var(--soft); font-size: .85rem; }
`
