import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project-root.js'
import { programOf } from './programs.js'

describe('programOf', () => {
  const textOf = (file: string) => readFileSync(join(projectRoot(), file), 'utf8')

  describe.each(['Dockerfile', 'README.md'])('runs, as %s does,', (file) => {
    it.each(['gateway', 'worker'] as const)('a %s', (name) => {
      const lines = textOf(file).split('\n')
      const [line] = lines.filter((line) => line.includes(`dist/apps/${name}/src/main.js`))
      const { nodeOptions, env } = programOf(name)
      for (const option of nodeOptions) expect(line).toContain(option)
      for (const [variable, value] of Object.entries(env))
        expect(textOf(file)).toContain(`${variable}=${value}`)
    })
  })
})
