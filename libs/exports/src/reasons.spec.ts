import { readFileSync } from 'node:fs'
import { failureReasons } from './reasons.js'

it('docs/errors.md explains every reason of a failed export', () => {
  const rows = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z_]+)` *\|/gm)]
  expect(rows.map(([, reason]) => reason).sort()).toEqual([...failureReasons].sort())
})
