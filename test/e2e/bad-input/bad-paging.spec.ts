import type { Call } from '../../support/api/http.js'
import { json, Refusals } from '../../support/api/refusals.js'
import { datedLists, leadLists, type ListEndpoint, listEndpoints } from './filters.js'
import { addRows } from './rows.js'

const archiveList = (query: string): Call => ({
  method: 'GET',
  path: `/demo/archive/list?format=csv&${query}`,
})

const noNumbers = [
  '0',
  '-1',
  '1e3',
  '0x10',
  '1.5',
  '+1',
  ' 1',
  '1 ',
  '01x',
  '',
  'NaN',
  'Infinity',
  '１',
  '1\0',
]

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
  for (const tenant of [gateway.demo, gateway.other]) await addRows(gateway, tenant)
}, 60_000)
afterAll(() => gateway.close())

describe.each(listEndpoints)('$name', ({ call, place, size, sizeOf }) => {
  it.each(noNumbers)(`refuses ${size} %j`, async (value) => {
    await gateway.expectRefused(call(gateway.demo, { [size]: value }), { field: size })
  })

  // The first page is 1, and 0 are skipped before the first row.
  it.each(noNumbers.filter((value) => value !== String(place.min)))(
    `refuses ${place.name} %j`,
    async (value) => {
      await gateway.expectRefused(call(gateway.demo, { [place.name]: value }), { field: place.name })
    },
  )

  it.each(
    place.name === 'page'
      ? [
          ['9007199254740993', '1'],
          ['9007199254740992', '100'],
          ['1'.padEnd(400, '0'), '100'],
          ['1002', '101'],
        ]
      : [
          ['100001', '1'],
          ['9007199254740993', '100'],
          ['1'.padEnd(400, '0'), '1'],
        ],
  )(`refuses ${place.name} %s with ${size} %s, and names the cursor`, async (deep, count) => {
    await gateway.expectRefused(call(gateway.demo, { [place.name]: deep, [size]: count }), {
      field: 'cursor',
    })
  })

  it.each([place.name, size])('refuses %s[]=1', async (name) => {
    for (const spelled of [`${name}[]`, `${name}%5B%5D`, `${name}[0]`, `${name}[$gt]`]) {
      await gateway.expectRefused(withMore(call(gateway.demo, {}), `${spelled}=1`), { field: name })
    }
  })

  it.each([place.name, size])('refuses %s=1&%s=2', async (name) => {
    await gateway.expectRefused(withMore(call(gateway.demo, {}), `${name}=1&${name}=2`), { field: name })
  })

  it(`takes a ${size} above the maximum for the maximum`, async () => {
    const { body } = await gateway.send(call(gateway.demo, { [size]: '1'.padEnd(400, '0') }))
    expect(sizeOf(body)).toBe(100)
  })
})

const withMore = ({ path, ...call }: Call, more: string): Call => ({
  ...call,
  path: `${path}${path.includes('?') ? '&' : '?'}${more}`,
})

const withPage = (page: string) => ({
  method: 'POST',
  path: '/get-leads',
  ...json(`{"chatbotId":"${gateway.demo.chatbot.id}","page":${page}}`),
})

it.each(['0', '-1', '1.5', '1e400', '1e21', '"1e3"', '"0x10"', '[1]', '{}', 'true', 'null'])(
  'refuses page %s in a body',
  async (page) => {
    await gateway.expectRefused(withPage(page), { field: 'page' })
  },
)

it('1e3 as a JSON number is page 1000', async () => {
  const { status, body } = await gateway.send(withPage('1e3'))
  expect([status, body.pagination.page]).toEqual([202, 1000])
})

describe.each(noNumbers)('archive list, limit %j', (value) => {
  it('is refused', async () => {
    await gateway.expectRefused(archiveList(`limit=${encodeURIComponent(value)}`), { field: 'limit' })
  })
})

it.each(['limit[]=1', 'limit=1&limit=2'])('archive list refuses %s', async (query) => {
  await gateway.expectRefused(archiveList(query), { field: 'limit' })
})

describe('a cursor', () => {
  const cursorOf = async (list: ListEndpoint, tenant = gateway.demo): Promise<string> => {
    const { body } = await gateway.send(list.call(tenant, { [list.size]: 2 }), tenant)
    return list.next(body)
  }
  const changes: [string, (cursor: string) => string][] = [
    ['altered at its start', (cursor) => (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1)],
    ['altered at its end', (cursor) => cursor.slice(0, -1) + (cursor.endsWith('A') ? 'Q' : 'A')],
    ['cut', (cursor) => cursor.slice(0, -1)],
    ['with more after it', (cursor) => `${cursor}.x`],
    ['in other case', (cursor) => cursor.toUpperCase()],
    ['without its signature', (cursor) => cursor.slice(0, cursor.indexOf('.'))],
    ['with NUL', (cursor) => `${cursor}\0`],
    ['of nothing', () => ' '],
  ]
  const refused = { code: 'INVALID_CURSOR', field: 'cursor' }

  describe.each(listEndpoints)('of $name', (list) => {
    const { call, place, rows } = list

    it('is good as it is', async () => {
      const all = rows((await gateway.send(call(gateway.demo, {}))).body)
      const { body } = await gateway.send(call(gateway.demo, { cursor: await cursorOf(list) }))
      expect(rows(body)).toBe(all - 2)
    })

    it.each(changes)('%s is refused', async (_, change) => {
      const cursor = change(await cursorOf(list))
      const code = cursor.includes('\0') ? 'VALIDATION_ERROR' : 'INVALID_CURSOR'
      await gateway.expectRefused(call(gateway.demo, { cursor }), { code, field: 'cursor' })
    })

    it("and another tenant's is refused", async () => {
      const cursor = await cursorOf(list, gateway.other)
      expect((await gateway.send(call(gateway.other, { cursor }), gateway.other)).status).toBeLessThan(300)
      await gateway.expectRefused(call(gateway.demo, { cursor }), refused)
    })

    it(`beside a ${place.name} is refused`, async () => {
      const parameters = { cursor: await cursorOf(list), [place.name]: '2' }
      await gateway.expectRefused(call(gateway.demo, parameters), { field: place.name })
    })

    it('is refused by every other list', async () => {
      const cursor = await cursorOf(list)
      const others = listEndpoints.filter(({ name }) => familyOf(name) !== familyOf(list.name))
      for (const other of others) await gateway.expectRefused(other.call(gateway.demo, { cursor }), refused)
      await gateway.expectRefused(archiveList(`cursor=${cursor}`), refused)
    })
  })

  /** GET and POST of get-leads are one list. */
  const familyOf = (name: string) => name.replace(/^(GET|POST) /, '')

  it.each(datedLists)('of $name under another filter is refused', async (list) => {
    const parameters = { cursor: await cursorOf(list), startDate: '2020-01-01' }
    await gateway.expectRefused(list.call(gateway.demo, parameters), refused)
  })

  it('of all leads is refused where a chatbot, a status or an account is chosen', async () => {
    const [ofChatbot, ofAll] = leadLists
    const cursor = await cursorOf(ofAll!)
    await gateway.expectRefused(ofChatbot!.call(gateway.demo, { cursor }), refused)
    await gateway.expectRefused(ofAll!.call(gateway.demo, { cursor, status: 'new' }), refused)
  })
})
