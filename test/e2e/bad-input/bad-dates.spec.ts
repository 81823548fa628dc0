import { Refusals } from '../../support/api/refusals.js'
import { datedEndpoints } from './filters.js'

const noDates = [
  '2023-02-30',
  '2023-02-29',
  '2023-13-01',
  '2023-00-10',
  '2023-7-10',
  '20230710',
  '10/07/2023',
  'now',
  'today',
  'infinity',
  '-infinity',
  'epoch',
  '0',
  '1689000000',
  '',
  ' 2023-07-10',
  '2023-07-10 10:00:00Z',
  '2023-07-10T24:00:00Z',
  '2023-07-10T24:00',
  '2023-07-10T23:60:00Z',
  '2023-07-10T23:59:60Z',
  '2023-07-10T10:00:00',
  '2023-07-10T10:00:00+25:00',
  '2023-07-10T10:00:00 +05:00',
  '0000-01-01',
  '294277-01-01',
  '+294277-01-01T00:00:00Z',
  '-0001-01-01',
  '２０２３-07-10',
  "2023-07-10'; DROP TABLE leads;--",
  '2023-07-10\0',
]

const dates = [
  '0001-01-01',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-14:00',
  '2024-02-29',
  '2023-07-10T10:00:00Z',
  '2023-07-10T10:00-05:00',
  '2023-07-10T10:00:00.123456789Z',
]

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
}, 60_000)
afterAll(() => gateway.close())

describe.each(datedEndpoints)('$name', ({ call, field }) => {
  describe.each(['startDate', 'endDate'])('%s', (bound) => {
    it.each(noDates)('refuses %j', async (date) => {
      await gateway.expectRefused(call(gateway.demo, { [bound]: date }), { field: field(bound) })
    })

    it.each(dates)('takes %j', async (date) => {
      const { status } = await gateway.send(call(gateway.demo, { [bound]: date }))
      expect([200, 202]).toContain(status)
    })
  })

  it.each([
    ['2024-01-02', '2024-01-01'],
    ['2024-01-02T00:00:00.000001Z', '2024-01-02T00:00:00Z'],
    ['2024-01-01T00:00:00-05:00', '2024-01-01T00:00:00Z'],
  ])('refuses a start %s after the end %s', async (startDate, endDate) => {
    await gateway.expectRefused(call(gateway.demo, { startDate, endDate }), { field: field('startDate') })
  })
})
