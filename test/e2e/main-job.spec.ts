import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { Client } from '../support/api/client.js'
import { backends, TestContext, type TestWorkspace } from '../support/context.js'
import { mailAbout, mailsIn } from '../support/mail/mails.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addLeads, nasty } from '../support/samples/leads.js'

const LEADS = 3000

for (const { backend, suite } of backends) {
  suite(`the main job, with the queue on ${backend}`, () => {
    let context: TestContext
    let gateway: Program
    let worker: Program
    let demo: TestWorkspace
    let api: Client

    beforeAll(async () => {
      context = await TestContext.create(backend)
      demo = await context.workspace('demo')
      await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
      worker = await startProgram('worker', context.env)
      gateway = await startProgram('gateway', context.env)
      api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    }, 60_000)
    afterAll(async () => {
      await gateway.stop(10_000)
      await worker.stop(10_000)
      await context.close()
    })

    const finished = (id: string) =>
      until(`export ${id}`, async () => {
        const { body } = await api.get(`/exports/${id}`)
        return ['queued', 'running'].includes(body.state as string) ? null : body
      })

    /** From the mail's link over the page's button to the bytes, as a recipient would. */
    async function download(id: string): Promise<Buffer> {
      const mail = await mailAbout(context.mailbox, id)
      expect(mail.to).toEqual([demo.owner])
      const link = /http\S+\/d\/\S+/.exec(mail.text)![0]
      expect(mail.html).toContain(link)
      const page = await fetch(link)
      expect(page.status).toBe(200)
      expect(page.headers.get('cache-control')).toContain('no-store')
      const button = await fetch(link, { method: 'POST', redirect: 'manual' })
      expect(button.status).toBe(303)
      const file = await fetch(button.headers.get('location')!)
      expect(file.status).toBe(200)
      return Buffer.from(await file.arrayBuffer())
    }

    it.each(['csv', 'json', 'ndjson', 'xlsx'] as const)(
      '%s: accepted, rendered, mailed, downloaded, whole',
      async (format) => {
        const accepted = await api.post('/exports', { dataset: 'leads', format })
        expect(accepted.status).toBe(202)
        expect(accepted.headers.get('location')).toContain(accepted.body.id)
        const export_ = await finished(accepted.body.id as string)
        expect(export_).toMatchObject({ state: 'completed', rows: LEADS, attempt: 1, error: null })

        const bytes = await download(export_.id as string)
        expect(bytes.length).toBe(export_.bytes)
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(export_.sha256)
        const names = await namesIn(bytes, format)
        expect(names).toHaveLength(LEADS)
        // Newest first: row i is lead LEADS - i.
        const expected = Array.from({ length: LEADS }, (_, i) => nasty[(LEADS - i) % nasty.length]!)
        expect(names).toEqual(expected.map((name) => asReadFrom(format, name)))
        expect(await mailsIn(context.mailbox)).toHaveLength(
          new Set((await mailsIn(context.mailbox)).map(({ text }) => text)).size,
        )
      },
    )

    it('the logs of both tell of an export by its id, and of who asked by the id of the request', async () => {
      const asked = { 'X-Request-Id': `asked-on-${backend}` }
      const { body } = await api.post('/exports', { dataset: 'leads', format: 'csv' }, asked)
      await download((await finished(body.id as string)).id as string)
      type Line = { msg: string; route?: string; requestId?: string; exportId?: string }
      const about = (program: Program) =>
        program.lines
          .filter((line) => line.includes(`"exportId":"${body.id}"`))
          .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Line)
      // A line is written once its answer is out, or its mail.
      await until('the last lines', () =>
        Promise.resolve(
          about(worker).some(({ msg }) => msg === 'mail sent') &&
            about(gateway).filter(({ route }) => route === '/d/*').length === 2,
        ),
      )
      expect(about(gateway)).toContainEqual(
        expect.objectContaining({ route: '/api/v1/exports', requestId: `asked-on-${backend}` }),
      )
      expect(new Set(about(gateway).map(({ route }) => route))).toEqual(
        new Set(['/api/v1/exports', '/api/v1/exports/:id', '/d/*']),
      )
      expect(new Set(about(worker).map(({ msg }) => msg))).toEqual(
        new Set(['export claimed', 'export attempt ended', 'mail sent']),
      )
    })

    it('gzip gives the same csv, smaller', async () => {
      const accepted = await api.post('/exports', {
        dataset: 'leads',
        format: 'csv',
        gzip: true,
        columns: ['lead_id', 'metadata.note'],
      })
      const export_ = await finished(accepted.body.id as string)
      const rows: string[][] = parse(gunzipSync(await download(export_.id as string)), {
        relax_quotes: false,
      })
      expect(rows[0]).toEqual(['lead_id', 'metadata.note'])
      expect(rows).toHaveLength(LEADS + 1)
    })

    it('the archive lists the file and hands out a link', async () => {
      const accepted = await api.post('/exports', {
        dataset: 'leads',
        format: 'csv',
        csv: { profile: 'excel-es' },
      })
      const export_ = await finished(accepted.body.id as string)
      const token = demo.appToken
      const list = await api.get(`/demo/archive/list?format=csv&prefix=exports%2Fall`)
      const name = export_.archiveName as string
      expect(list.body.objects).toContainEqual(
        expect.objectContaining({
          prefix: name.split('/').at(-1),
          complete: name,
          rows: LEADS,
          size: export_.bytes,
        }),
      )
      const url = await new Client(`${context.config.PUBLIC_URL}/api/v1`).get(
        `/demo/archive/url?token=${token}&name=${encodeURIComponent(name)}`,
      )
      expect(url.status).toBe(200)
      expect(url.body.expiresIn).toBeGreaterThan(0)
      expect(new URL(url.body.url as string).pathname).toMatch(new RegExp(`/archive/demo/csv/${name}$`))
      const file = Buffer.from(await (await fetch(url.body.url as string)).arrayBuffer())
      expect(createHash('sha256').update(file).digest('hex')).toBe(export_.sha256)
      expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    })

    it('a filter without rows is a success with a header only', async () => {
      const accepted = await api.post('/exports', {
        dataset: 'leads',
        format: 'csv',
        filter: { startDate: '2031-01-01' },
      })
      const export_ = await finished(accepted.body.id as string)
      expect(export_).toMatchObject({ state: 'completed', rows: 0 })
      expect((await download(export_.id as string)).toString().split('\n')).toHaveLength(2)
    })

    it('a lead that comes in after an export was accepted is not in it', async () => {
      await worker.stop(10_000)
      const accepted = await api.post('/exports', { dataset: 'leads', format: 'ndjson' })
      const late = await api.post(`/chatbots/${demo.chatbot.id}/leads`, {
        name: 'Late',
        email: `late-${backend}@example.com`,
      })
      expect([accepted.status, late.status]).toEqual([202, 201])
      worker = await startProgram('worker', context.env)
      expect(await finished(accepted.body.id as string)).toMatchObject({ state: 'completed', rows: LEADS })
    })
  })
}

/** What the format leaves of a text: csv defuses formulas; exceljs shows the escape that Excel reads as CR. */
function asReadFrom(format: string, name: string): string {
  if (format === 'csv' && /^[=+\-@＝＋－＠\t\r\n]/.test(name)) return `'${name}`
  return format === 'xlsx' ? name.replace('\r', '_x000D_') : name
}

async function namesIn(bytes: Buffer, format: string): Promise<string[]> {
  switch (format) {
    case 'csv':
      return parse<{ name: string }>(bytes, { columns: true }).map(({ name }) => name)
    case 'json':
      return (JSON.parse(bytes.toString()) as { name: string }[]).map(({ name }) => name)
    case 'ndjson':
      return bytes
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { name: string }).name)
    default: {
      const workbook = new ExcelJS.Workbook()
      await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer)
      const sheet = workbook.worksheets[0]!
      const column = (sheet.getRow(1).values as string[]).indexOf('name')
      return Array.from({ length: sheet.rowCount - 1 }, (_, row) => sheet.getCell(row + 2, column).text)
    }
  }
}
