import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { targetFrom } from './options.js'

const URL = 'http://localhost:3000/api/v1'

describe('the options', () => {
  it('are named as demo.env names them where the command line has none', () => {
    const environment = {
      API_URL: `${URL}/`,
      API_KEY: 'k',
      APP_TOKEN: 't',
      CODENAME: 'demo',
      CHATBOT_ID: 'cb_1',
    }
    expect(targetFrom([], environment)).toEqual({
      url: URL,
      key: 'k',
      appToken: 't',
      codename: 'demo',
      chatbot: 'cb_1',
    })
    expect(targetFrom(['--key', 'mine', '--bot', 'b'], environment)).toMatchObject({ key: 'mine', bot: 'b' })
  })

  it('a file goes before the environment, the command line before both', () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadferry-options-'))
    try {
      const file = join(folder, 'demo.env')
      writeFileSync(file, `# demo\nAPI_URL='${URL}'\nexport API_KEY="of the file"\nCODENAME=plain\n`)
      const environment = { API_KEY: 'of the environment', CHATBOT_ID: 'cb_1' }
      expect(targetFrom(['--env', file, '--codename', 'mine'], environment)).toMatchObject({
        url: URL,
        key: 'of the file',
        codename: 'mine',
        chatbot: 'cb_1',
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['no URL', [], 'needs --url and --key'],
    [
      'half a funnel group',
      ['--url', URL, '--key', 'k', '--funnel', 'f'],
      '--funnel and --group go together',
    ],
    ['what it does not know', ['--frob'], "Unknown option '--frob'"],
  ])('refuses %s', (_what, args, said) => {
    expect(() => targetFrom(args, {})).toThrow(said)
  })
})
