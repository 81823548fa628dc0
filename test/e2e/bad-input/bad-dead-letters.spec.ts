import { json, Refusals } from '../../support/api/refusals.js'
import { addDueMails } from '../../support/samples/mails.js'

let gateway: Refusals
let failed: string
beforeAll(async () => {
  gateway = await Refusals.start()
  failed = (await addDueMails(gateway.context, gateway.demo, 3, 'export_failed'))[0]!
}, 60_000)
afterAll(() => gateway.close())

const list = '/dead-letters'
const since = '2020-01-01T00:00:00Z'

const filters: [string, string, Record<string, unknown>][] = [
  ...['', 'exports', '__proto__', 'EXPORT'].map((kind): (typeof filters)[number] => [
    `the kind ${JSON.stringify(kind)}`,
    'kind',
    { kind },
  ]),
  ...['', 'A b', '../x', 'x'.repeat(65)].map((workspace): (typeof filters)[number] => [
    `the workspace ${JSON.stringify(workspace)}`,
    'workspace',
    { workspace },
  ]),
  ['a reason that there is not', 'reason', { reason: 'bad_luck' }],
  ...['', 'now', 'infinity', '2026-01-01', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z'].map(
    (time): (typeof filters)[number] => [`since ${JSON.stringify(time)}`, 'since', { since: time }],
  ),
]

describe('GET /dead-letters', () => {
  it.each([
    ...filters,
    ['a size of 0', 'size', { size: '0' }],
    ['a size that is a word', 'size', { size: 'all' }],
  ] as typeof filters)('refuses %s', async (_, field, query) => {
    const path = `${list}?${new URLSearchParams(query as Record<string, string>).toString()}`
    await gateway.expectRefused({ method: 'GET', path }, { field }, gateway.sendAdmin)
  })

  it('refuses a cursor that was made for another filter, or by nobody', async () => {
    const first = await gateway.sendAdmin({ method: 'GET', path: `${list}?size=1` })
    const cursor = encodeURIComponent(first.body.pagination.next as string)
    const page = await gateway.sendAdmin({ method: 'GET', path: `${list}?size=1&cursor=${cursor}` })
    expect([page.status, page.body.data.length]).toEqual([200, 1])
    for (const query of [`kind=export&cursor=${cursor}`, `cursor=${cursor}x`, 'cursor=x']) {
      const refused = { code: 'INVALID_CURSOR', field: 'cursor' }
      await gateway.expectRefused({ method: 'GET', path: `${list}?${query}` }, refused, gateway.sendAdmin)
    }
  })
})

describe('POST /dead-letters/replay', () => {
  it.each([
    ...filters,
    ['no since', 'since', { since: undefined }],
    ['a since that is null', 'since', { since: null }],
    ['a since that is a number', 'since', { since: 0 }],
    ['a kind that is a list', 'kind', { kind: ['export'] }],
    ['an unknown field', 'all', { all: true }],
  ] as typeof filters)('refuses %s', async (_, field, changes) => {
    const call = { method: 'POST', path: `${list}/replay`, ...json({ since, ...changes }) }
    await gateway.expectRefused(call, { field }, gateway.sendAdmin)
  })

  it('refuses no body, and half of one', async () => {
    const call = { method: 'POST', path: `${list}/replay` }
    await gateway.expectRefused({ ...call, ...json('{}') }, { field: 'since' }, gateway.sendAdmin)
    await gateway.expectRefused(
      { ...call, ...json('{"since":') },
      { code: 'INVALID_JSON' },
      gateway.sendAdmin,
    )
  })

  it('a workspace that there is not is 404', async () => {
    const refused = { status: 404, code: 'NOT_FOUND', field: 'workspace' }
    const call = { method: 'POST', path: `${list}/replay`, ...json({ since, workspace: 'nobody' }) }
    await gateway.expectRefused(call, refused, gateway.sendAdmin)
    await gateway.expectRefused(
      { method: 'GET', path: `${list}?workspace=nobody` },
      refused,
      gateway.sendAdmin,
    )
  })
})

describe.each(['replay', 'dismiss'])('POST /dead-letters/{kind}/{id}/%s', (action) => {
  it.each(['exp_0000000000000000', 'nope', '__proto__', "'", '%F0%9F%92%80', 'x'.repeat(3000)])(
    'the id %s, which there is not, is 404',
    async (id) => {
      for (const kind of ['export', 'mail', 'missing_file', 'archive_day']) {
        const call = { method: 'POST', path: `${list}/${kind}/${id}/${action}` }
        await gateway.expectRefused(call, { status: 404, code: 'NOT_FOUND', field: 'id' }, gateway.sendAdmin)
      }
    },
  )

  it('refuses a kind that there is not, and NUL', async () => {
    const call = (kind: string, id: string) => ({ method: 'POST', path: `${list}/${kind}/${id}/${action}` })
    await gateway.expectRefused(call('exports', failed), { field: 'kind' }, gateway.sendAdmin)
    await gateway.expectRefused(call('export', '%00'), { field: 'id' }, gateway.sendAdmin)
  })
})

it('nobody but the root token comes near', async () => {
  for (const path of [list, `${list}/replay`, `${list}/export/${failed}/replay`]) {
    for (const Authorization of ['', `Bearer ${gateway.demo.key}`]) {
      const call = { method: path === list ? 'GET' : 'POST', path, headers: { Authorization } }
      await gateway.expectRefused(call, { status: 401, code: 'UNAUTHORIZED' }, gateway.sendAdmin)
    }
  }
})
