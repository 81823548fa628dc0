import { stylesheet } from '../../pages/stylesheet.js'

export const downloadStyle = stylesheet(`
.name { margin: .25rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(2, 1fr); gap: 1rem 1.25rem; margin: 1.5rem 0;
  padding: 1.25rem 0; border-block: 1px solid var(--line); }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: .1rem 0 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.wide { grid-column: 1 / -1; }
code { display: block; max-width: 32ch; font: 500 .82rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  overflow-wrap: anywhere; }
small { display: block; margin-top: .2rem; color: var(--soft); font-weight: 400; font-size: .82rem; }
`)
