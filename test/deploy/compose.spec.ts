import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { parse } from 'yaml'
import { loadConfig } from '#core'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { cli } from '../support/programs/cli.js'

interface Service {
  image?: string
  build?: { target: string }
  environment?: Record<string, string>
  depends_on?: Record<string, object>
  ports?: string[]
  read_only?: boolean
}

const read = (file: string) => readFileSync(join(projectRoot(), file), 'utf8')
const variable = /\$\{(\w+)([^}]*)\}/g
const composeFile = read('docker-compose.yml')
/** As compose does with the file that `secrets create` makes. */
const withSecrets = (text: string) => text.replace(variable, () => randomBytes(32).toString('hex'))

const { services } = parse(withSecrets(composeFile), { merge: true }) as {
  services: Record<string, Service>
}
const dockerfile = read('Dockerfile')
/** What the images set by themselves. */
const imageEnv = Object.fromEntries(
  [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, line = '']) =>
    line.split(' ').map((pair) => pair.split('=')),
  ),
) as Record<string, string>
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined)

describe('docker-compose.yml', () => {
  it.each(['gateway', 'worker', 'cli'] as const)('configures a %s that would start', (app) => {
    const config = loadConfig(app, { ...imageEnv, ...services[app]?.environment })
    expect(config).toMatchObject({
      S3_BUCKET: 'leadferry',
      DATABASE_URL: expect.stringContaining('@postgres:'),
    })
  })

  it('takes every secret from the file that `secrets create` makes, and has a default for none', async () => {
    const made = Object.keys(parseEnv(await cli({}, 'secrets', 'create')))
    const uses = [...composeFile.matchAll(variable)]
    expect(new Set(uses.map(([, name]) => name))).toEqual(new Set(made))
    // Each is demanded somewhere, so that compose names the command instead of starting with an empty one.
    const demanded = uses.filter(([, , rest]) => rest!.startsWith(':?')).map(([, name]) => name)
    expect(new Set(demanded)).toEqual(new Set(made))
    expect(uses.filter(([, , rest]) => /^:?-/.test(rest!))).toEqual([])
  })

  it('builds what the Dockerfile has, and pins what it takes from elsewhere', () => {
    const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)]
    const names = stages.map(([, , name]) => name)
    expect(ours.length).toBeGreaterThan(0)
    for (const [, { build }] of ours) expect(names).toContain(build?.target)
    const taken = [
      ...stages.map(([, image]) => image!).filter((image) => !names.includes(image)),
      ...Object.values(services).flatMap(({ image }) => image ?? []),
    ]
    for (const image of taken) expect(image).toMatch(/:[\w.-]*\d[\w.-]*$/)
  })

  it('waits for services that there are, and is reached from this machine only', () => {
    for (const { depends_on, ports } of Object.values(services)) {
      for (const name of Object.keys(depends_on ?? {})) expect(Object.keys(services)).toContain(name)
      for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
    }
  })

  it('runs what serves on a read-only root, and gives the owner to nobody but the migration', () => {
    for (const [name, { environment, read_only }] of ours) {
      if (name === 'gateway' || name === 'worker') expect(read_only).toBe(true)
      expect([name, 'MIGRATION_DATABASE_URL' in (environment ?? {})]).toEqual([name, name === 'migrate'])
    }
  })
})
