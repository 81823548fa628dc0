import { compiled, projectRoot } from '../../../tools/local-stack/project-root.js'
import { run } from './run.js'

/** Runs the compiled command to its end and gives what it printed. @throws Error with what it printed when it fails */
export const cli = (env: Record<string, string>, ...words: string[]): Promise<string> =>
  run(process.execPath, [compiled('apps/cli/src/main.js'), ...words], { cwd: projectRoot(), env })
