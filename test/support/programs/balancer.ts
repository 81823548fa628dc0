import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const ASK_EVERY_MS = 50

interface Upstream {
  readonly port: number
  /** Keeps connections, as real ones do. */
  readonly agent: Agent
  ready: boolean
}

/** Of one connection, not of the message (RFC 9110, 7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding']

/**
 * Shares requests among the gateways whose /health/ready says 200, and tries none twice: what a gateway does not answer
 * is lost.
 */
export class Balancer {
  private turn = 0
  private closed = false

  private constructor(
    private readonly upstreams: Upstream[],
    private readonly server: ReturnType<typeof createServer>,
  ) {}

  static async before(ports: number[]): Promise<Balancer> {
    const upstreams = ports.map((port) => ({ port, agent: new Agent({ keepAlive: true }), ready: false }))
    const server = createServer()
    const balancer = new Balancer(upstreams, server)
    server.on('request', (incoming, outgoing) => balancer.forward(incoming, outgoing))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    for (const upstream of upstreams) void balancer.watch(upstream)
    return balancer
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** How many it would send requests to. */
  get ready(): number {
    return this.upstreams.filter(({ ready }) => ready).length
  }

  async close(): Promise<void> {
    this.closed = true
    for (const { agent } of this.upstreams) agent.destroy()
    this.server.close()
    this.server.closeAllConnections()
    await once(this.server, 'close')
  }

  private async watch(upstream: Upstream): Promise<void> {
    while (!this.closed) {
      upstream.ready = await fetch(`http://127.0.0.1:${upstream.port}/health/ready`).then(
        ({ status }) => status === 200,
        () => false,
      )
      await sleep(ASK_EVERY_MS)
    }
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const ready = this.upstreams.filter((upstream) => upstream.ready)
    const upstream = ready[this.turn++ % ready.length]
    if (upstream === undefined) return void outgoing.writeHead(502).end('no gateway is ready')
    const { method, url: path, headers } = incoming
    const { port, agent } = upstream
    const sent = request({
      host: '127.0.0.1',
      port,
      agent,
      method,
      path,
      headers: { ...headers, connection: 'keep-alive' },
    })
    sent.on('response', (answer) => {
      const passed = Object.entries(answer.headers).filter(([name]) => !hopByHop.includes(name))
      outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(passed))
      answer.pipe(outgoing)
    })
    sent.on('error', (error) => {
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(502).end(`the gateway on ${port} gave no answer: ${error.message}`)
    })
    incoming.pipe(sent)
  }
}
