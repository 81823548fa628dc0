import type { FunnelRow, RecordRow } from '#leads'
import { funnelsByName, recordEntry } from './lead-lists.mapper.js'
import { funnelsAnswer, funnelsQuery, recordsAnswer, recordsQuery } from './lead-lists.schema.js'

const steps = ['INICIO', 'DNI', 'CELULAR', 'INGRESO', 'FIN']
const group = {
  id: '5d7a6b9266f1bf664e3f6a7b',
  name: 'Sacar Tarjeta',
  doubleCounting: true,
  newAt: 24,
  interactions: steps,
}
const funnel: FunnelRow = { id: '1', name: 'sacarTarjeta', interactions: steps, groups: [group] }

const record: RecordRow = {
  id: '5d7bfc1298317f98fa111f99',
  app: '57add9d952a84d940c9194a6',
  account_id: '5970d180adf62b28c8630566',
  funnel: 'sacarTarjeta',
  group: 'Sacar Tarjeta',
  last: 'INGRESO',
  // As jsonb gives it: shorter keys first.
  extra_data: [
    { cxt: '12345678', name: 'DNI' },
    { cxt: '1412345678', name: 'Celular' },
  ],
  message_user_id: '5d7aa7b9a2b64670f6653afe',
  platform: 'messenger',
  first_name: 'Juan',
  last_name: null,
  created_at: '2019-09-13T20:29:06.684123Z',
  updated_at: '2019-09-13T20:31:05.057999Z',
}

describe('lead/funnels', () => {
  it("writes the seed's example", () => {
    const funnels = funnelsByName([funnel])
    expect(JSON.stringify(funnels)).toBe(
      JSON.stringify({
        sacarTarjeta: {
          interactions: steps,
          groups: [
            {
              doubleCounting: true,
              newAt: 24,
              interactions: steps,
              _id: '5d7a6b9266f1bf664e3f6a7b',
              funnelId: 'sacarTarjeta',
              name: 'Sacar Tarjeta',
            },
          ],
        },
      }),
    )
    const answer = { limit: 10, skip: 0, funnels, hasMore: false, next: null }
    expect(funnelsAnswer.safeParse(answer).success).toBe(true)
  })

  it('keeps their order, whatever they are called', () => {
    const names = ['z', 'constructor', 'a', '7b', 'toString', '1.5', '-1']
    const funnels = funnelsByName(names.map((name) => ({ ...funnel, name })))
    expect(Object.keys(JSON.parse(JSON.stringify(funnels)) as object)).toEqual(names)
  })

  it('takes an account by either name, and ignores what else is in a query', () => {
    expect(funnelsQuery.parse({ skip: '3', account: 'a', accountId: 'a', _: '1' })).toEqual({
      skip: 3,
      account: 'a',
      accountId: 'a',
    })
  })
})

describe('lead/records', () => {
  it("writes a record by the seed's fields, absent ones as null", () => {
    const object = recordEntry(record)
    expect(JSON.stringify(object)).toBe(
      JSON.stringify({
        _id: '5d7bfc1298317f98fa111f99',
        app: '57add9d952a84d940c9194a6',
        account: '5970d180adf62b28c8630566',
        interaction: { funnel: 'sacarTarjeta', last: 'INGRESO', group: 'Sacar Tarjeta' },
        user: {
          extraData: [
            { name: 'DNI', cxt: '12345678' },
            { name: 'Celular', cxt: '1412345678' },
          ],
          messageUser: '5d7aa7b9a2b64670f6653afe',
          platform: 'messenger',
          firstName: 'Juan',
          lastName: null,
        },
        createdAt: '2019-09-13T20:29:06.684Z',
        updatedAt: '2019-09-13T20:31:05.057Z',
      }),
    )
    const answer = { limit: 10, skip: 0, objects: [object], hasMore: false, next: null }
    expect(recordsAnswer.safeParse(answer).success).toBe(true)
  })

  it.each(['funnel', 'funnelGroup'])('%s is required', (field) => {
    const query = { funnel: 'f', funnelGroup: 'g' }
    expect(recordsQuery.safeParse(query).success).toBe(true)
    for (const wrong of [undefined, '', ' ', 'x'.repeat(201), ['f', 'f']]) {
      const { error } = recordsQuery.safeParse({ ...query, [field]: wrong })
      expect(error?.issues[0]?.path).toEqual([field])
    }
  })
})
