import { downloadToken } from '#exports'
import { ask } from '../../support/api/http.js'
import { json, Refusals } from '../../support/api/refusals.js'

let gateway: Refusals
let link: string
beforeAll(async () => {
  gateway = await Refusals.start()
  const call = { method: 'POST', path: '/exports', ...json({ dataset: 'leads', format: 'csv' }) }
  const { body } = await gateway.send(call)
  // As a worker would leave it; what is in the file does not matter here.
  await gateway.context.testDatabase.superuser.query(
    `UPDATE exports SET state = 'completed', bytes = 1, sha256 = 'x', object_key = 'x', archive_name = 'exports/all/x.csv',
       finished_at = now(), expires_at = now() + interval '1 day' WHERE id = $1`,
    [body.id],
  )
  link = `/d/${downloadToken(gateway.context.config.APP_SECRET, body.id as string, 1)}`
}, 60_000)
afterAll(() => gateway.close())

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const multipart = { 'Content-Type': 'multipart/form-data; boundary=x' }

it.each([
  ['as it is', ''],
  ['with a slash that a mail program added', '/'],
  ['with a query that a mail program added', '?utm_source=mail&x=%ff'],
])('the link %s opens the page, and its button gives the file', async (_, end) => {
  const page = await ask(gateway.origin, { method: 'GET', path: link + end })
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  const button = await ask(gateway.origin, { method: 'POST', path: link + end })
  expect(button.status).toBe(303)
})

it.each([
  ['a form', form, 'submit=Download'],
  ['a form of parts', multipart, '--x--'],
  ['text', { 'Content-Type': 'text/plain' }, 'x'],
])('the button ignores %s that comes with it', async (_, headers, body) => {
  const { status } = await ask(gateway.origin, { method: 'POST', path: link, headers, body })
  expect(status).toBe(303)
})

it.each([
  ['cut', () => link.slice(0, -1)],
  ['with more after it', () => `${link}x`],
  ['with a dot after it', () => `${link}.`],
  ['with a path after it', () => `${link}/x/y`],
  ['that can not be decoded', () => '/d/%ff'],
  ['that is half an escape', () => `${link}%`],
  ['with NUL', () => `${link}%00`],
  ['with markup', () => '/d/%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ['of nothing', () => '/d/'],
])('a link %s is a page for people: 404', async (_, path) => {
  for (const method of ['GET', 'POST']) {
    const { status, headers, text } = await ask(gateway.origin, { method, path: path() })
    expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(headers['cache-control']).toBe('no-store')
    expect(text).not.toContain('<script')
  }
})

it('nothing of a link is in the log', () => {
  const token = link.slice('/d/'.length)
  expect(gateway.gateway.lines.join('\n')).not.toContain(token)
})
