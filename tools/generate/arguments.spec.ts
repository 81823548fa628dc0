import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from './arguments.js'

const NOW = Date.UTC(2026, 1, 1, 12)
const read = (line: string) => readArguments(line.split(' '), NOW, 42)

describe('arguments of npm run generate', () => {
  it('have defaults: what is not given is ten thousand events of the last thirty days', () => {
    expect(read('--out -')).toEqual({
      plan: { seed: 42, size: { events: 10_000 }, days: 30, end: NOW, languages: ['es', 'en'] },
      disturbance: { late: 0, duplicates: 0 },
      to: { file: '-' },
    })
  })

  it('are taken as given', () => {
    const line =
      '--people 5 --days 2 --end 2026-01-01T00:00:00+01:00 --language en --seed 9 --late 0.5 --duplicates .25 ' +
      '--url http://127.0.0.1:1/api/v1/ --key sk-1 --codename demo --format json --in-flight 2'
    expect(read(line)).toEqual({
      plan: { seed: 9, size: { people: 5 }, days: 2, end: Date.UTC(2025, 11, 31, 23), languages: ['en'] },
      disturbance: { late: 0.5, duplicates: 0.25 },
      to: { url: 'http://127.0.0.1:1/api/v1', key: 'sk-1', codename: 'demo', format: 'json', inFlight: 2 },
    })
  })

  it('take from a file what they do not name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadferry-generate-'))
    const file = join(folder, 'demo.env')
    writeFileSync(file, "API_URL='http://127.0.0.1:1/api/v1'\nAPI_KEY='sk-file'\nCODENAME='demo'\n")
    expect(read(`--env ${file} --key sk-2`).to).toMatchObject({
      url: 'http://127.0.0.1:1/api/v1',
      key: 'sk-2',
      codename: 'demo',
    })
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['', 'needs --out, or --env, or --url with --key and --codename'],
    ['--url http://a --key b', 'needs --out'],
    ['--out - --url http://a', '--out or --url, not both'],
    ['--url a --key b --codename c', '--url must be a URL'],
    ['--out - --events 0', '--events must be a whole number from 1 to'],
    ['--out - --events 1e6', '--events must be'],
    ['--out - --events 5 --people 5', '--events or --people, not both'],
    ['--out - --seed -1', '--seed'],
    ['--out - --seed 4294967296', '--seed must be a whole number from 0 to 4294967295'],
    ['--out - --late 1.5', '--late must be a share from 0 to 1'],
    ['--out - --duplicates x', '--duplicates must be a share'],
    ['--out - --language fr', '--language must be es or en or both'],
    ['--out - --language toString', '--language must be'],
    ['--out - --end 2026-01-01T00:00:00', '--end must be a date, or a time with its offset'],
    ['--out - --end soon', '--end must be'],
    ['--out - --evnets 5', '--evnets'],
  ])('%s: refused by name', (line, message) => {
    expect(() => readArguments(line === '' ? [] : line.split(' '), NOW, 42)).toThrow(message)
  })
})
