import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from '../support/api/client.js'
import { backends, TestContext } from '../support/context.js'
import { mailAbout } from '../support/mail/mails.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addLeads } from '../support/samples/leads.js'
import { until } from '../support/until.js'

interface SpanTold {
  service: string
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  name: string
  attributes: Record<string, unknown>
}

interface Otlp {
  resourceSpans: {
    resource: { attributes: Attribute[] }
    scopeSpans: { spans: (Omit<SpanTold, 'service' | 'attributes'> & { attributes: Attribute[] })[] }[]
  }[]
}
interface Attribute {
  key: string
  value: Record<string, unknown>
}

const flat = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

/** Takes traces as any collector does: OTLP over HTTP, as JSON. */
class Collector {
  readonly spans: SpanTold[] = []
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Collector> {
    const server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        if (request.url === '/v1/traces') collector.take(JSON.parse(Buffer.concat(pieces).toString()) as Otlp)
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const collector = new Collector(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return collector
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private take({ resourceSpans }: Otlp): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(flat(resource.attributes)['service.name'])
      for (const { spans } of scopeSpans)
        for (const span of spans) this.spans.push({ ...span, service, attributes: flat(span.attributes) })
    }
  }
}

for (const { backend, suite } of backends) {
  suite(`traces, with the queue on ${backend}`, () => {
    let context: TestContext
    let collector: Collector
    let programs: Program[]
    let api: Client

    beforeAll(async () => {
      collector = await Collector.start()
      context = await TestContext.create(backend, {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '200',
      })
      const demo = await context.workspace('demo')
      await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 3)
      programs = []
      for (const name of ['gateway', 'worker'] as const) programs.push(await startProgram(name, context.env))
      api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    }, 60_000)
    afterAll(async () => {
      await Promise.all(programs.map((program) => program.stop(10_000)))
      collector.close()
      await context.close()
    })

    it('lead from the request through the queue to the store and the mail server', async () => {
      const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
      const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
      const accepted = await api.post('/exports', { dataset: 'leads', format: 'csv' }, headers)
      const id = accepted.body.id as string
      await mailAbout(context.mailbox, id)
      const wanted = ['POST /api/v1/exports', 'export', 'store file', 'send mail']
      const spans = await until('the spans', () => {
        const found = collector.spans.filter((span) => span.traceId === traceId)
        return wanted.every((name) => found.some((span) => span.name === name)) ? found : null
      })
      const one = (name: string) => spans.find((span) => span.name === name)!
      expect(one('POST /api/v1/exports')).toMatchObject({
        service: 'leadferry-gateway',
        parentSpanId: '00f067aa0ba902b7',
        attributes: { 'http.route': '/api/v1/exports' },
      })
      expect(one('export')).toMatchObject({
        service: 'leadferry-worker',
        attributes: { 'leadferry.export_id': id, 'leadferry.outcome': 'completed' },
      })
      expect(one('store file').parentSpanId).toBe(one('export').spanId)
      // BullMQ's own: the message that was sent, and its being taken.
      const messages = spans.filter(({ name }) => /exports/.test(name) && !name.startsWith('POST'))
      expect(messages.map(({ service }) => service)).toContain('leadferry-gateway')
      // Every span hangs on another of the trace, up to the caller's; each process tells its own when it comes to it.
      const whole = await until('every parent', () => {
        const all = collector.spans.filter((span) => span.traceId === traceId)
        const known = new Set([...all.map(({ spanId }) => spanId), '00f067aa0ba902b7'])
        return all.every(({ parentSpanId }) => known.has(parentSpanId ?? '')) ? all : null
      })
      // Nothing personal is told.
      expect(JSON.stringify(whole)).not.toMatch(/@example\.com/)
    }, 60_000)
  })
}
