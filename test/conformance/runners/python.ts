import { interpret, lacking } from './interpreter.js'
import type { Runner } from './runner.js'

/** A script with the requests package. */
export const python: Runner = {
  name: 'python',
  missing: lacking('python3', ['-'], 'import requests', 'no python3 with the requests package'),
  run: (example) => interpret('python3', ['-'], example),
}
