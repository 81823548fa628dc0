import { interpret } from './interpreter.js'
import type { Runner } from './runner.js'

/** A script for a browser's or Node's fetch: run by the Node that runs this. */
export const fetchSnippet: Runner = {
  name: 'fetch',
  missing: () => Promise.resolve(null),
  run: (example) => interpret(process.execPath, ['-'], example),
}
