import { Export, failureReasons } from '#exports'
import { exportResource } from './export-resource.js'
import { exportResource as schema } from './export-resource.schema.js'

const links = { PUBLIC_URL: 'https://leads.example.com', APP_SECRET: 's'.repeat(32) }
const at = new Date('2024-01-15T10:30:00Z')
const queued: Partial<Export> = {
  id: 'exp_1234567890abcdef',
  state: 'queued',
  dataset: 'leads',
  format: 'csv',
  gzip: false,
  recipientEmail: 'ana@example.com',
  acceptedAt: at,
  epoch: 0,
  startedAt: null,
  snapshotAt: null,
  finishedAt: null,
  expiresAt: null,
  rowsDone: '0',
  truncatedCells: '0',
  bytes: null,
  sha256: null,
  archiveName: null,
  reason: null,
  linkVersion: 1,
}
const found = (changes: Partial<Export> = {}): Export => Object.assign(new Export(), queued, changes)

describe('exportResource', () => {
  it('of one that waits has no file', () => {
    const resource = exportResource(found(), links)
    expect(schema.parse(resource)).toEqual(resource)
    expect(resource).toMatchObject({ state: 'queued', rows: 0, bytes: null, error: null, downloadUrl: null })
    expect(resource.statusUrl).toBe('https://leads.example.com/api/v1/exports/exp_1234567890abcdef')
  })

  it('of one that is done links to its page', () => {
    const done = found({
      state: 'completed',
      rowsDone: '50000',
      bytes: '5000000000',
      finishedAt: at,
      epoch: 2,
    })
    expect(exportResource(done, links)).toMatchObject({
      rows: 50_000,
      bytes: 5_000_000_000,
      attempt: 2,
      finishedAt: '2024-01-15T10:30:00.000Z',
      downloadUrl: expect.stringMatching(
        /^https:\/\/leads\.example\.com\/d\/1234567890abcdef-[\w-]{22}$/,
      ) as unknown,
    })
  })

  it('of one that is over links nowhere', () => {
    expect(exportResource(found({ state: 'expired' }), links).downloadUrl).toBeNull()
  })

  it.each(failureReasons)('says that it failed for %s, in words', (reason) => {
    const resource = exportResource(found({ state: 'failed', reason, notBefore: at }), links)
    expect(schema.parse(resource)).toEqual(resource)
    expect(resource).toMatchObject({ error: { code: reason }, nextAttemptAt: null })
    expect(resource.error!.message).toMatch(/^[A-Z].* /)
  })

  it('of one that waits after a fault says why and until when', () => {
    const waiting = found({ reason: 'storage_unavailable', notBefore: new Date('2024-01-15T10:31:00Z') })
    expect(exportResource(waiting, links)).toMatchObject({
      error: { code: 'storage_unavailable', message: 'The storage could not be reached' },
      nextAttemptAt: '2024-01-15T10:31:00.000Z',
    })
  })
})
