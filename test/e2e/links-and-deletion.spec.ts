import { KeysService } from '#tenancy'
import { freePort } from '../../tools/local-stack/ports.js'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { mailAbout, mailsIn } from '../support/mail/mails.js'
import { cli } from '../support/programs/cli.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addLeads } from '../support/samples/leads.js'
import { storedKeys } from '../support/store/stored-keys.js'
import { until } from '../support/until.js'

jest.setTimeout(60_000)

describe('the file of an export', () => {
  let context: TestContext
  let gateways: Program[]
  let second: string
  let worker: Program | undefined
  let demo: TestWorkspace
  let other: TestWorkspace
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo', 'en')
    other = await context.workspace('other')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 20)
    const PORT = String(await freePort())
    second = `http://127.0.0.1:${PORT}`
    const beside = { ...context.env, PORT, ADMIN_PORT: String(await freePort()) }
    gateways = [await startProgram('gateway', context.env), await startProgram('gateway', beside)]
    worker = await startProgram('worker', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop(10_000)
    await worker?.stop(10_000)
    await context.close()
  })

  const sql = (text: string, values?: unknown[]) =>
    context.testDatabase.superuser.query<Record<string, unknown>>(text, values)
  const get = async (id: string) => (await api.get(`/exports/${id}`)).body
  const accept = async (by = api) =>
    (await by.post('/exports', { dataset: 'leads', format: 'csv' })).body.id as string
  async function completed(by = api): Promise<string> {
    const id = await accept(by)
    await until('completion', async () => (await get(id)).state === 'completed')
    return id
  }
  const mailedLink = async (id: string) =>
    /http\S+\/d\/\S+/.exec((await mailAbout(context.mailbox, id)).text)![0]
  const revoke = (id: string) => api.post(`/exports/${id}/link/revoke`, undefined)
  const statusOf = async (url: string, method = 'GET') =>
    (await fetch(url, { method, redirect: 'manual' })).status
  const objectsOf = async (id: string) => (await storedKeys(context)).filter((key) => key.startsWith(id))
  const secondsOf = (url: string) => Number(new URL(url).searchParams.get('X-Amz-Expires'))
  const admin = (method: string, path: string) =>
    fetch(`http://127.0.0.1:${context.config.ADMIN_PORT}/admin/v1/workspaces/${path}`, {
      method,
      headers: { Authorization: `Bearer ${context.config.ADMIN_TOKEN}` },
    })
  const leadferry = (...words: string[]) => cli(context.env, ...words)

  describe('its links', () => {
    it('are revoked together on every gateway, and a new one opens the page', async () => {
      const id = await completed()
      const mailed = await mailedLink(id)
      const elsewhere = mailed.replace(context.config.PUBLIC_URL, second)
      expect([await statusOf(mailed), await statusOf(elsewhere)]).toEqual([200, 200])

      const { status, body } = await revoke(id)
      expect([status, body.state]).toEqual([200, 'completed'])
      for (const link of [mailed, elsewhere])
        for (const method of ['GET', 'HEAD', 'POST']) expect(await statusOf(link, method)).toBe(410)
      expect(await (await fetch(mailed)).text()).toContain('This link was revoked')
      const spanish = await fetch(mailed, { headers: { 'Accept-Language': 'es' } })
      expect(await spanish.text()).toContain('Este enlace fue anulado')

      const fresh = body.downloadUrl as string
      expect((await get(id)).downloadUrl).toBe(fresh)
      expect([await statusOf(fresh), await statusOf(fresh, 'POST')]).toEqual([200, 303])

      const again = (await revoke(id)).body.downloadUrl as string
      expect([await statusOf(fresh), await statusOf(again)]).toEqual([410, 200])
      expect((await mailsIn(context.mailbox)).filter(({ text }) => text.includes(id.slice(4)))).toHaveLength(
        1,
      )
    })

    it('a link with the code of another version is no link', async () => {
      const id = await completed()
      const first = (await get(id)).downloadUrl as string
      await revoke(id)
      const code = first.split('-').slice(1).join('-')
      for (const version of ['2', '3', '02', '0', '-1', '99999999999'])
        expect(await statusOf(first.replace(code, `${version}-${code}`))).toBe(404)
    })

    it('are not sent by a mail that waits', async () => {
      const id = await accept()
      await worker?.stop(10_000)
      await sql(
        `UPDATE exports SET state = 'completed', bytes = 1, sha256 = 'x', object_key = id, archive_name = 'exports/all/' || id,
           lease_until = NULL, finished_at = now(), expires_at = now() + interval '1 day' WHERE id = $1`,
        [id],
      )
      await sql('DELETE FROM mail_outbox WHERE export_id = $1', [id])
      await sql(
        `INSERT INTO mail_outbox (workspace_id, export_id, kind) VALUES ($1, $2, 'export_completed')`,
        [demo.workspace.id, id],
      )
      expect((await revoke(id)).status).toBe(200)
      expect((await sql('SELECT FROM mail_outbox WHERE export_id = $1', [id])).rows).toEqual([])
      worker = await startProgram('worker', context.env)
    })

    it('that the button and the API hand out are good for five minutes, and those of archive/url for a day', async () => {
      const id = await completed()
      const button = await fetch(await mailedLink(id), { method: 'POST', redirect: 'manual' })
      expect(secondsOf(button.headers.get('location')!)).toBe(300)
      const download = await api.get(`/exports/${id}/download`)
      expect(secondsOf(download.headers.get('location')!)).toBe(300)
      const name = encodeURIComponent((await get(id)).archiveName as string)
      const { body } = await api.get(`/demo/archive/url?name=${name}&token=${demo.appToken}`)
      expect([body.expiresIn, secondsOf(body.url as string)]).toEqual([86_400, 86_400])
    })

    it('are there for a completed export of the workspace only', async () => {
      const [ended, foreign] = [await accept(), await completed()]
      await api.post(`/exports/${ended}/cancel`, undefined)
      const theirs = new Client(`${context.config.PUBLIC_URL}/api/v1`, other.key)
      for (const path of [`/exports/${foreign}/link/revoke`, '/exports/exp_0000000000000000/link/revoke']) {
        const { status, body } = await theirs.post(path, undefined)
        expect([status, body.code, body.details.field]).toEqual([404, 'NOT_FOUND', 'id'])
      }
      expect(await statusOf((await get(foreign)).downloadUrl as string)).toBe(200)
      const done = await get(ended)
      expect((await revoke(ended)).status).toBe(done.state === 'cancelled' ? 409 : 200)
    })

    it('take exports:write', async () => {
      const id = await completed()
      const scopes = ['exports:read'] as const
      const { token } = await new KeysService(context.database).issue(demo.workspace.id, {
        kind: 'api_key',
        ownerName: 'x',
        ownerEmail: 'x@example.com',
        scopes,
      })
      const reader = new Client(`${context.config.PUBLIC_URL}/api/v1`, token)
      expect((await reader.post(`/exports/${id}/link/revoke`, undefined)).status).toBe(403)
      expect((await reader.delete(`/exports/${id}`)).status).toBe(403)
      expect((await get(id)).state).toBe('completed')
    })
  })

  describe('deleted', () => {
    it('is gone at once from index, store and links, those handed out before too', async () => {
      const id = await completed()
      const { archiveName } = await get(id)
      const mailed = await mailedLink(id)
      const presigned = (await api.get(`/exports/${id}/download`)).headers.get('location')!
      expect(await statusOf(presigned)).toBe(200)

      const { status, body } = await api.delete(`/exports/${id}`)
      expect([status, body.state, body.downloadUrl]).toEqual([200, 'expired', null])
      expect(Date.parse(body.expiresAt as string)).toBeLessThanOrEqual(Date.now() + 1000)
      expect(await objectsOf(id)).toEqual([])
      expect([await statusOf(mailed), await statusOf(mailed, 'POST'), await statusOf(presigned)]).toEqual([
        410, 410, 404,
      ])
      expect((await api.get(`/exports/${id}/download`)).status).toBe(410)
      const name = encodeURIComponent(archiveName as string)
      expect((await api.get(`/demo/archive/url?name=${name}&token=${demo.appToken}`)).status).toBe(404)
      const again = await api.delete(`/exports/${id}`)
      expect([again.status, again.body]).toEqual([200, body])
      expect((await revoke(id)).status).toBe(409)
    })

    it('while the store is down is out of reach at once, and removed once it is back', async () => {
      const id = await completed()
      const mailed = await mailedLink(id)
      expect(await objectsOf(id)).toHaveLength(1)
      await context.s3.close()
      const { status, body } = await api.delete(`/exports/${id}`)
      expect([status, body.state]).toEqual([202, 'expired'])
      expect(await statusOf(mailed)).toBe(410)
      expect((await api.delete(`/exports/${id}`)).status).toBe(202)
      await context.s3.restart()
      await until('a worker to remove it', async () => (await objectsOf(id)).length === 0)
      expect((await api.delete(`/exports/${id}`)).status).toBe(200)
    })

    it('is not what a queued export can be: it is cancelled', async () => {
      await worker?.stop(10_000)
      const id = await accept()
      const refused = await api.delete(`/exports/${id}`)
      expect([refused.status, refused.body.message]).toEqual([409, expect.stringContaining('cancel')])
      await api.post(`/exports/${id}/cancel`, undefined)
      expect((await api.delete(`/exports/${id}`)).status).toBe(409)
      worker = await startProgram('worker', context.env)
    })

    it('of another workspace is 404, and stays', async () => {
      const id = await completed()
      const theirs = new Client(`${context.config.PUBLIC_URL}/api/v1`, other.key)
      const [foreign, none] = [
        await theirs.delete(`/exports/${id}`),
        await theirs.delete('/exports/exp_0000000000000000'),
      ]
      expect([foreign.status, none.status]).toEqual([404, 404])
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...none.body, requestId: '' })
      expect([(await get(id)).state, await objectsOf(id)]).toEqual(['completed', [expect.any(String)]])
    })
  })

  describe('and a key that is revoked', () => {
    const issue = () =>
      new KeysService(context.database).issue(demo.workspace.id, {
        kind: 'api_key',
        ownerName: 'Leaver',
        ownerEmail: 'leaver@example.com',
      })
    const by = (token: string) => new Client(`${context.config.PUBLIC_URL}/api/v1`, token)

    it('alone leaves the links that it asked for', async () => {
      const { id: key, token } = await issue()
      const id = await completed(by(token))
      expect((await admin('DELETE', `demo/keys/${key}`)).status).toBe(204)
      expect(await statusOf(await mailedLink(id))).toBe(200)
      // What was left can be ended later.
      const later = await admin('DELETE', `demo/keys/${key}?revokeLinks=true`)
      expect([later.status, await later.json()]).toEqual([200, { cancelled: 0, files: 1, pending: 0 }])
      expect(await statusOf(await mailedLink(id))).toBe(410)
    })

    it('ends by the admin API the links of its exports, those that are queued, and no other’s', async () => {
      const { id: key, token } = await issue()
      const [mine, kept] = [await completed(by(token)), await completed()]
      const link = await mailedLink(mine)
      await worker?.stop(10_000)
      const queued = await accept(by(token))
      const answer = await admin('DELETE', `demo/keys/${key}?revokeLinks=true`)
      expect([answer.status, await answer.json()]).toEqual([200, { cancelled: 1, files: 1, pending: 0 }])
      expect([await statusOf(link), await statusOf(await mailedLink(kept))]).toEqual([410, 200])
      expect([(await get(queued)).state, (await by(token).get('/exports')).status]).toEqual([
        'cancelled',
        401,
      ])
      expect((await get(mine)).state).toBe('completed')
      worker = await startProgram('worker', context.env)
    })

    it('ends by the admin API the files of its exports', async () => {
      const { id: key, token } = await issue()
      const mine = [await completed(by(token)), await completed(by(token))]
      const kept = await completed()
      const answer = await admin('DELETE', `demo/keys/${key}?deleteFiles=true&revokeLinks=true`)
      expect([answer.status, await answer.json()]).toEqual([200, { cancelled: 0, files: 2, pending: 0 }])
      for (const id of mine) expect([(await get(id)).state, await objectsOf(id)]).toEqual(['expired', []])
      expect(await objectsOf(kept)).toHaveLength(1)
    })

    it('is refused by the admin API with what it does not know', async () => {
      const { id: key } = await issue()
      expect((await admin('DELETE', `demo/keys/${key}?revokeLinks=perhaps`)).status).toBe(400)
      expect((await admin('DELETE', `other/keys/${key}?revokeLinks=true`)).status).toBe(404)
      expect((await admin('DELETE', 'demo/keys/key_0000000000000000?deleteFiles=true')).status).toBe(404)
    })

    it('ends both by the command line', async () => {
      const [first, second] = [await issue(), await issue()]
      const [a, b] = [await completed(by(first.token)), await completed(by(second.token))]
      const link = await mailedLink(a)
      const words = ['key', 'revoke', '--workspace', 'demo', '--id']
      expect(await leadferry(...words, first.id, '--revoke-links')).toContain('Links revoked: 1')
      expect(await statusOf(link)).toBe(410)
      const told = JSON.parse(await leadferry(...words, second.id, '--delete-files', '--json')) as object
      expect(told).toEqual({ id: second.id, revoked: true, cancelled: 0, files: 1, pending: 0 })
      expect([(await get(b)).state, await objectsOf(b)]).toEqual(['expired', []])
    })
  })

  describe('is ended by an operator', () => {
    it('at the admin API: its links, or itself', async () => {
      const id = await completed()
      const link = await mailedLink(id)
      expect((await admin('POST', `demo/exports/${id}/link/revoke`)).status).toBe(204)
      expect(await statusOf(link)).toBe(410)
      expect((await admin('DELETE', `other/exports/${id}`)).status).toBe(404)
      const deleted = await admin('DELETE', `demo/exports/${id}`)
      expect([deleted.status, await deleted.json()]).toEqual([200, { id, state: 'expired', pending: false }])
      expect(await objectsOf(id)).toEqual([])
      expect((await admin('POST', `demo/exports/${id}/link/revoke`)).status).toBe(409)
    })

    it('at the command line: its links, or itself', async () => {
      const id = await completed()
      const link = await mailedLink(id)
      expect(await leadferry('export', 'revoke-link', id)).toBe(`The links to ${id} are revoked.\n`)
      expect(await statusOf(link)).toBe(410)
      expect(await leadferry('export', 'delete', id)).toBe(`The file of ${id} is deleted.\n`)
      expect([(await get(id)).state, await objectsOf(id)]).toEqual(['expired', []])
      await expect(leadferry('export', 'revoke-link', id)).rejects.toThrow('error: ')
    })
  })
})
