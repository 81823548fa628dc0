import { readFileSync } from 'node:fs'
import { errorCatalog } from './catalog.js'

it('docs/errors.md lists the catalog, no more and no less', () => {
  const rows = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([A-Z_]+)` *\| (\d{3}) *\|/gm)]
  const documented = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))
  const known = Object.fromEntries(Object.entries(errorCatalog).map(([code, { status }]) => [code, status]))
  expect(documented).toEqual(known)
})
