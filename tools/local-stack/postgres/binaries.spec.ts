import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { healLinks } from './binaries.js'

describe('the PostgreSQL package', () => {
  it('gets the links between libraries that its install script would have made, once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leadferry-links-'))
    const native = join(folder, 'native')
    await mkdir(join(native, 'lib'), { recursive: true })
    await writeFile(join(native, 'lib/libpq.so.5.18'), 'library')
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links))
    await healLinks(native)
    await healLinks(native)
    await expect(readFile(join(native, 'lib/libpq.so.5'), 'utf8')).resolves.toBe('library')
    await rm(folder, { recursive: true })
  })
})
