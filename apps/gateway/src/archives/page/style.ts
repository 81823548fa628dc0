import { stylesheet } from '../../pages/stylesheet.js'

export const archiveStyle = stylesheet(`
body.wide { justify-content: flex-start; }
.wide main, .bar { max-width: 60rem; }
.bar { width: 100%; display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; }
.bar a { color: inherit; font-weight: 700; text-decoration: none; }
.bar span { color: var(--soft); overflow-wrap: anywhere; }
.bar form:first-of-type { margin-left: auto; }
a { color: var(--accent); }
button.small { width: auto; padding: .4rem .9rem; border-radius: 8px; font-size: .9rem; white-space: nowrap; }
button.quiet { background: none; border: 1px solid var(--line); color: inherit; font-weight: 500; }
label { display: block; margin-bottom: .35rem; color: var(--soft); font-size: .85rem; }
input { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 10px;
  padding: .55rem .75rem; }
input:focus-visible { outline-offset: 0; }
.login { display: grid; gap: 1rem; margin-top: 1.25rem; }
.login input { width: 100%; padding: .8rem 1rem; }
.hint { margin: .35rem 0 0; color: var(--soft); font-size: .82rem; }
nav ol, nav ul, .folders { list-style: none; margin: 0; padding: 0; }
.path ol { display: flex; flex-wrap: wrap; gap: .1rem .5rem; font-size: .9rem; }
.path li { overflow-wrap: anywhere; }
.path li + li::before { content: "/"; color: var(--soft); margin-right: .5rem; }
h1 { overflow-wrap: anywhere; }
h1, .path + h1 { margin-top: .4rem; }
h1 small { display: block; color: var(--soft); font-size: .85rem; font-weight: 400; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
.formats ul { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: 1rem; }
.formats a { display: block; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 99px; color: inherit;
  font-size: .85rem; text-decoration: none; }
.formats a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 650; }
.search { margin-top: 1.25rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 12px; }
.search summary { cursor: pointer; }
.search h2 { display: inline; }
.search .note { margin-top: .75rem; }
.search .fields { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-top: .75rem; }
.search .fields button { padding: .65rem 1.2rem; border-radius: 10px; font-size: 1rem; }
.search .check { display: flex; align-items: center; gap: .4rem; margin: 0; padding: .65rem 0; color: inherit; font-size: .95rem; }
.folders { border-top: 1px solid var(--line); }
.folders a { display: flex; gap: .8rem; align-items: center; padding: .7rem .25rem; border-bottom: 1px solid var(--line);
  color: inherit; text-decoration: none; overflow-wrap: anywhere; }
.folders a:hover strong { color: var(--accent); }
.folders a::before { content: ""; flex: none; width: 1.3rem; height: 1rem; border-radius: 2px 4px 4px 4px; background: var(--accent);
  opacity: .75; }
.folders strong { display: block; font-weight: 600; }
.folders small, td small { display: block; color: var(--soft); font-size: .82rem; font-weight: 400; }
table { width: 100%; border-collapse: collapse; }
th { padding: .5rem .25rem; color: var(--soft); font-size: .85rem; font-weight: 500; text-align: left; }
td { padding: .6rem .25rem; border-top: 1px solid var(--line); vertical-align: middle; }
td { overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.number, td.number { padding-right: 1rem; }
td.get { width: 1%; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.pages { display: flex; gap: 1.5rem; justify-content: flex-end; margin-top: 1.25rem; }
@media (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody, tr, td { display: block; }
  tr { display: grid; grid-template-columns: 1fr auto; gap: .1rem .75rem; padding: .7rem 0; border-top: 1px solid var(--line); }
  td, td.get, td.number { width: auto; padding: 0; border: 0; grid-column: 1; text-align: left; }
  td.get { grid-column: 2; grid-row: 1 / span 4; align-self: center; }
  td.number { font-size: .9rem; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); }
  .search .fields > div { flex: 1 1 8rem; }
  .search input[type=date], .search button { width: 100%; }
  .search .fields > button { flex: 1 1 100%; }
}
`)
