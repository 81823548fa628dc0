import { json, Refusals } from '../../support/api/refusals.js'
import { newArchiveBuild as endpoint } from './bodies.js'

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
}, 60_000)
afterAll(() => gateway.close())

const ask = (body: object) => ({ method: 'POST', path: endpoint.path(gateway), ...json(body) })
const day = '2025-05-01'

/** The day by the workspace's clock, so many days from now. */
async function today(offset: number): Promise<string> {
  const { rows } = await gateway.context.testDatabase.superuser.query<{ day: string }>(
    `SELECT ((now() AT TIME ZONE time_zone)::date + $1::int)::text AS day FROM workspaces WHERE codename = 'demo'`,
    [offset],
  )
  return rows[0]!.day
}

it('takes a range of days', async () => {
  expect((await gateway.send(ask(endpoint.valid))).status).toBe(202)
})

it.each([
  '2023-02-30',
  '2023-13-01',
  '2023-7-10',
  '20230710',
  '10/07/2023',
  '2023-07-10T00:00:00Z',
  '2023-07-1０',
  'now',
  'infinity',
  'yesterday',
  '0000-01-01',
  '',
  ' ',
  "2023-07-1';--",
  '2023-07-1\0',
  null,
  20230710,
  ['2023-07-10'],
  { $gt: '' },
])('refuses the day %j', async (wrong) => {
  await gateway.expectRefused(ask({ from: wrong, to: day }), { field: 'from' })
  await gateway.expectRefused(ask({ from: day, to: wrong }), { field: 'to' })
})

it.each(['from', 'to'])('refuses a range without %s', async (field) => {
  await gateway.expectRefused(ask({ from: day, to: day, [field]: undefined }), { field })
})

it('refuses an end before the start, and more than 366 days', async () => {
  await gateway.expectRefused(ask({ from: '2025-05-02', to: '2025-05-01' }), { field: 'from' })
  await gateway.expectRefused(ask({ from: '2024-01-01', to: '2025-01-01' }), { field: 'from' })
})

it('refuses a day that is not over by the clock of the workspace, and takes the last that is', async () => {
  await gateway.expectRefused(ask({ from: day, to: await today(0) }), { field: 'to' })
  await gateway.expectRefused(ask({ from: await today(1), to: await today(1) }), { field: 'to' })
  const yesterday = await today(-1)
  expect((await gateway.send(ask({ from: yesterday, to: yesterday }))).status).toBe(202)
})

it('refuses an unknown field', async () => {
  await gateway.expectRefused(ask({ from: day, to: day, model: 'leads' }), { field: 'model' })
})

it('an app token reads archives and builds none', async () => {
  const headers = { ...json({}).headers, Authorization: `Bearer ${gateway.demo.appToken}` }
  await gateway.expectRefused({ ...ask(endpoint.valid), headers }, { status: 403, code: 'FORBIDDEN' })
})
