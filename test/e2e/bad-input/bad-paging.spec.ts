import type { Call } from '../../support/http.js'
import { json, Refusals } from '../../support/refusals.js'
import { addLeads } from '../../support/sample-leads.js'
import { type FilteredEndpoint, listEndpoints } from './filters.js'

const exportsList: FilteredEndpoint = {
  name: 'exports list',
  call: (_, parameters) => ({
    method: 'GET',
    path: `/exports?${new URLSearchParams(parameters as Record<string, string>).toString()}`,
  }),
  field: (name) => name,
}
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
  const { demo, other, context } = gateway
  await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 5)
  await addLeads(context.database, other.workspace.id, other.chatbot.id, 5)
}, 60_000)
afterAll(() => gateway.close())

describe.each([...listEndpoints, exportsList])('$name', ({ call }) => {
  it.each(noNumbers.flatMap((value) => [['page', value] as const, ['size', value] as const]))(
    'refuses %s %j',
    async (name, value) => {
      await gateway.expectRefused(call(gateway.demo, { [name]: value }), { field: name })
    },
  )

  it.each([
    ['9007199254740993', '1'],
    ['9007199254740992', '100'],
    ['1'.padEnd(400, '0'), '100'],
    ['1002', '101'],
  ])('refuses page %s × size %s, and names the cursor', async (page, size) => {
    await gateway.expectRefused(call(gateway.demo, { page, size }), { field: 'cursor' })
  })

  it.each(['page', 'size'])('refuses %s[]=1', async (name) => {
    const { method, path, ...body } = call(gateway.demo, {})
    for (const spelled of [`${name}[]`, `${name}%5B%5D`, `${name}[0]`, `${name}[$gt]`]) {
      const separator = path.includes('?') ? '&' : '?'
      await gateway.expectRefused(
        { method, path: `${path}${separator}${spelled}=1`, ...body },
        { field: name },
      )
    }
  })

  it.each(['page', 'size'])('refuses %s=1&%s=2', async (name) => {
    const { method, path, ...body } = call(gateway.demo, {})
    const twice = `${path}${path.includes('?') ? '&' : '?'}${name}=1&${name}=2`
    await gateway.expectRefused({ method, path: twice, ...body }, { field: name })
  })

  it('takes a size above the maximum for the maximum', async () => {
    const { body } = await gateway.send(call(gateway.demo, { size: '1'.padEnd(400, '0') }))
    expect(body.pagination.size).toBe(100)
  })
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
  const cursorOf = async (workspace = gateway.demo): Promise<string> => {
    const { body } = await gateway.send(listEndpoints[0]!.call(workspace, { size: 2 }), workspace)
    return body.pagination.next as string
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

  describe.each(listEndpoints)('$name', ({ call }) => {
    it('is good as it is', async () => {
      const { body } = await gateway.send(call(gateway.demo, { cursor: await cursorOf() }))
      expect(body.data).toHaveLength(3)
    })

    it.each(changes)('%s is refused', async (_, change) => {
      const cursor = change(await cursorOf())
      const code = cursor.includes('\0') ? 'VALIDATION_ERROR' : 'INVALID_CURSOR'
      await gateway.expectRefused(call(gateway.demo, { cursor }), { code, field: 'cursor' })
    })

    it("another tenant's is refused", async () => {
      const refused = { code: 'INVALID_CURSOR', field: 'cursor' }
      await gateway.expectRefused(call(gateway.demo, { cursor: await cursorOf(gateway.other) }), refused)
    })

    it('of another filter is refused', async () => {
      const parameters = { cursor: await cursorOf(), startDate: '2020-01-01' }
      const refused = { code: 'INVALID_CURSOR', field: 'cursor' }
      await gateway.expectRefused(call(gateway.demo, parameters), refused)
    })

    it('beside a page is refused', async () => {
      await gateway.expectRefused(call(gateway.demo, { cursor: await cursorOf(), page: '2' }), {
        field: 'page',
      })
    })
  })

  it('of another list is refused', async () => {
    const refused = { code: 'INVALID_CURSOR', field: 'cursor' }
    const cursor = await cursorOf()
    await gateway.expectRefused(exportsList.call(gateway.demo, { cursor }), refused)
    await gateway.expectRefused(archiveList(`cursor=${cursor}`), refused)
  })
})
