import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { allCases } from './cases/all.js'
import { pythonIndentation } from './cases/python-indentation.js'
import { example } from './examples.js'
import { substituted } from './substitution.js'

const folder = join(projectRoot(), 'test/conformance')
const documents: Record<string, string> = {
  chatbase: 'chatbase-get-leads.txt',
  chatzuri: 'chatzuri-get-leads.txt',
  workspace: 'workspace-create-lead.txt',
  'chat-tonic': 'chat-tonic-leads.txt',
}
const files = Object.keys(documents).flatMap((dialect) =>
  readdirSync(join(folder, 'examples', dialect)).map((name) => `${dialect}/${name}`),
)

describe('the examples', () => {
  it.each(files)('%s stands in its document, byte for byte', (file) => {
    const document = readFileSync(join(folder, 'seeds', documents[file.split('/')[0]!]!), 'utf8')
    expect(example(file).length).toBeGreaterThan(20)
    expect(document).toContain(example(file))
  })

  it('are all used', () => {
    const used = (file: string) => allCases.some(({ text }) => text.includes(example(file)))
    const requests = files.filter((file) => !file.endsWith('.answer'))
    expect(requests.filter((file) => !used(file))).toEqual([])
  })

  it("Python's gets its indentation back, and nothing else", () => {
    const printed = example('workspace/create-lead.python')
    const indented = substituted(printed, pythonIndentation)
    expect(indented.replaceAll(/^ +/gm, '')).toBe(printed)
    expect(indented).toContain("\n        print(f\"Lead created: {result['data']['id']}\")\n")
    expect(indented).toContain('\n# Usage\n')
  })

  it('a substitution that finds nothing is an error', () => {
    expect(() => substituted('curl', [{ what: 'key', from: 'API_KEY', to: 'k' }])).toThrow(
      'nothing to substitute for "key": no API_KEY',
    )
  })
})
