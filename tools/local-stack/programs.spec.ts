import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project-root.js'
import { programOf } from './programs.js'

describe('programOf', () => {
  it.each(['Dockerfile', 'README.md'])('runs a worker as %s does', (file) => {
    const text = readFileSync(join(projectRoot(), file), 'utf8')
    const [line] = text.split('\n').filter((line) => line.includes('dist/apps/worker/src/main.js'))
    for (const option of programOf('worker').nodeOptions) expect(line).toContain(option)
  })
})
