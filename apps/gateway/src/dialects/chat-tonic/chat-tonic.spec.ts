import { archiveListQuery } from './archive.schema.js'
import { exportMessages, leadExportRequest } from './lead-export.mapper.js'
import { leadExportQuery } from './lead-export.schema.js'

const query = { funnel: 'sacarTarjeta', funnelGroup: 'Sacar Tarjeta', exportType: 'csv', bot: 'bot' }

describe('lead/export', () => {
  it.each(Object.keys(query))('%s is required', (field) => {
    const { error } = leadExportQuery.safeParse({ ...query, [field]: undefined })
    expect(error?.issues[0]?.path).toEqual([field])
  })

  it('knows the three types of the seed', () => {
    expect(leadExportQuery.safeParse({ ...query, exportType: 'ndjson' }).success).toBe(false)
    expect(leadExportQuery.parse({ ...query, exportType: 'xlsx', _: '123' })).toEqual({
      ...query,
      exportType: 'xlsx',
    })
  })

  it('asks for records, and joins the same request that is in flight', () => {
    const filter = { chatbotId: 'cb_1', funnelGroupId: 'g' }
    expect(leadExportRequest('json', filter)).toMatchObject({
      dataset: 'records',
      format: 'json',
      filter,
      joinInFlight: true,
    })
  })

  it("says the seed's sentence", () => {
    expect(exportMessages.es).toBe('Te enviaremos un email en cuanto se termine de procesar el listado')
  })
})

describe('archive/list', () => {
  it('reads csv unless told otherwise, and clamps the limit', () => {
    expect(archiveListQuery.parse({ limit: '5000' })).toEqual({ format: 'csv', prefix: '', limit: 1000 })
    expect(archiveListQuery.safeParse({ format: 'pdf' }).success).toBe(false)
  })
})
