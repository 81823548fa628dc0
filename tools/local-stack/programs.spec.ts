import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project-root.js'
import { programOf } from './programs.js'

describe('programOf', () => {
  const textOf = (file: string) => readFileSync(join(projectRoot(), file), 'utf8')

  it.each(['Dockerfile', 'README.md'])('runs a worker as %s does', (file) => {
    const [line] = textOf(file)
      .split('\n')
      .filter((line) => line.includes('dist/apps/worker/src/main.js'))
    const { nodeOptions, env } = programOf('worker')
    for (const option of nodeOptions) expect(line).toContain(option)
    expect(env).toEqual({})
  })

  it.each(['Dockerfile', 'README.md'])('runs a gateway as %s does', (file) => {
    const { nodeOptions, env } = programOf('gateway')
    for (const [name, value] of Object.entries(env)) expect(textOf(file)).toContain(`${name}=${value}`)
    expect(nodeOptions).toEqual([])
  })
})
