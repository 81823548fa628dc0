import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../tools/local-stack/project-root.js'

/** An example as its document prints it, such as `chatbase/get-leads.curl`. */
export const example = (file: string): string =>
  readFileSync(join(projectRoot(), 'test/conformance/examples', file), 'utf8')
