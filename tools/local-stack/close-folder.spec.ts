import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeFolder } from './close-folder.js'

describe('closeFolder', () => {
  let folder: string
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'leadferry-close-')), 'data')
  })
  afterEach(() => rm(join(folder, '..'), { recursive: true }))
  const mode = async (...path: string[]) => ((await stat(join(folder, ...path))).mode & 0o777).toString(8)

  it('makes a folder that only its owner enters', async () => {
    await closeFolder(folder)
    expect(await mode()).toBe('700')
  })

  it('closes what an earlier start left open, but for what looks after itself', async () => {
    await mkdir(join(folder, 'mailbox'), { recursive: true })
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'mailbox/1.eml'), 'mail')
    await writeFile(join(folder, 'demo.env'), 'API_KEY=1')
    await symlink('/', join(folder, 'link'))
    for (const path of ['', 'mailbox', 'postgres']) await chmod(join(folder, path), 0o755)
    for (const path of ['mailbox/1.eml', 'demo.env']) await chmod(join(folder, path), 0o644)
    await closeFolder(folder, ['postgres'])
    const modes = await Promise.all([
      mode(),
      mode('mailbox'),
      mode('mailbox/1.eml'),
      mode('demo.env'),
      mode('postgres'),
    ])
    expect(modes).toEqual(['700', '700', '600', '600', '755'])
  })
})
