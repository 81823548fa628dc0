import { refusal } from '../testing/refusal.js'
import { assertFits, exportRequest } from './new-export.js'
import { newExportBody } from './new-export.schema.js'

const leads = { dataset: 'leads', format: 'csv' }
const fieldOf = (body: unknown): string | undefined => {
  const parsed = newExportBody.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys : [])].join('.')
  }
  return refusal(() => assertFits(parsed.data)).details.field
}

describe('POST /exports', () => {
  it('asks for everything, plainly, unless told otherwise', () => {
    const body = newExportBody.parse(leads)
    expect(exportRequest(body, {})).toEqual({
      dataset: 'leads',
      format: 'csv',
      gzip: false,
      filter: {},
      columns: undefined,
      timeZone: undefined,
      csv: { profile: 'machine', raw: false },
      recipient: undefined,
      joinInFlight: false,
    })
  })

  it.each([
    {
      ...leads,
      gzip: true,
      csv: { profile: 'excel-es', raw: true },
      timeZone: 'America/Lima',
      columns: ['id'],
    },
    {
      ...leads,
      filter: { chatbotId: 'c', accountId: 'a', status: 'new', source: 'web', startDate: '2024-01-01' },
    },
    { dataset: 'records', format: 'xlsx', filter: { funnel: 'f', funnelGroup: 'g', bot: 'b', account: 'a' } },
    { dataset: 'funnels', format: 'json', filter: { funnel: 'f', funnelGroup: 'g', messageUser: 'u' } },
    { dataset: 'messageUsers', format: 'ndjson', filter: { accountId: 'a', endDate: '2024-01-01' } },
    { dataset: 'messages', format: 'csv', filter: { bot: 'b', messageUser: 'u' } },
  ])('takes %j', (body) => {
    expect(() => assertFits(newExportBody.parse(body))).not.toThrow()
  })

  it.each([
    ['dataset', { format: 'csv' }],
    ['dataset', { ...leads, dataset: 'people' }],
    ['format', { ...leads, format: 'pdf' }],
    ['gzip', { ...leads, gzip: 'yes' }],
    ['filter.funnel', { ...leads, filter: { funnel: 'f', funnelGroup: 'g' } }],
    ['filter.bot', { ...leads, filter: { bot: 'b' } }],
    ['filter.chatbotId', { dataset: 'messageUsers', format: 'csv', filter: { chatbotId: 'c' } }],
    ['filter.messageUser', { dataset: 'messageUsers', format: 'csv', filter: { messageUser: 'u' } }],
    ['filter.messageUser', { dataset: 'records', format: 'csv', filter: { messageUser: 'u' } }],
    ['filter.funnel', { dataset: 'messages', format: 'csv', filter: { funnel: 'f' } }],
    ['filter.constructor', { dataset: 'messages', format: 'csv', filter: { constructor: 'f' } }],
    ['filter.status', { dataset: 'records', format: 'csv', filter: { status: 'new' } }],
    ['filter.status', { ...leads, filter: { status: 'sold' } }],
    ['filter.foo', { ...leads, filter: { foo: 1 } }],
    ['columns', { ...leads, columns: [] }],
    ['timeZone', { ...leads, timeZone: 'Mars/Olympus' }],
    ['csv', { ...leads, format: 'json', csv: { raw: true } }],
    ['csv.profile', { ...leads, csv: { profile: 'excel-fr' } }],
    ['recipient', { ...leads, recipient: 'a@b.cc\r\nBcc: e@vil.cc' }],
    ['foo', { ...leads, foo: 1 }],
  ])('names %s in %j', (field, body) => {
    expect(fieldOf(body)).toBe(field)
  })
})
