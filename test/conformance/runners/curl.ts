import { interpret, lacking } from './interpreter.js'
import type { Runner } from './runner.js'

/** A command line, for a shell to read. */
export const curl: Runner = {
  name: 'curl',
  missing: lacking('sh', ['-s'], 'curl --version', 'no curl'),
  run: (example) => interpret('sh', ['-s'], example),
}
