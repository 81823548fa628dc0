import { once } from 'node:events'
import { createServer } from 'node:net'
import { freePort } from '../../../tools/local-stack/ports.js'
import { Link, type Traffic } from './link.js'
import type { How, ModeAtWork, ProxyMode } from './mode.js'
import { atWork } from './modes/at-work.js'

export type { ProxyMode } from './mode.js'

export interface ProxyStats extends Traffic {
  /** Accepted so far. */
  connections: number
  /** Connections to which a mode did what it is there for. */
  struck: Partial<Record<How, number>>
}

export interface Proxy {
  readonly mode: ProxyMode
  readonly stats: Readonly<ProxyStats>
  /** Bytes read so far from the clients that are connected, whether they went on or wait here. */
  bytesRead(): number
  /** A URL of the upstream's by way of the proxy, whatever else it holds. */
  via(url: string): string
  /** For the connections that are open and for new ones. */
  use(mode: ProxyMode): void
  /** Passes; where it was closed, it listens again, where it listened before. */
  open(): Promise<void>
  /** Resets what is open, and the system refuses what comes; what was to land late does not. */
  close(): Promise<void>
}

/** A TCP proxy on a port of 127.0.0.1 that a test tells how to misbehave. @param upstream any URL with host and port */
export async function startProxy(upstream: string): Promise<Proxy> {
  const target = new URL(upstream)
  const stats: ProxyStats = { connections: 0, bytesUp: 0, bytesDown: 0, struck: {} }
  const links = new Set<Link>()
  let mode: ProxyMode = { how: 'pass' }
  let work: ModeAtWork = atWork(mode, () => undefined)

  function use(next: ProxyMode): void {
    work.end?.()
    mode = next
    let left = 'times' in next ? (next.times ?? Infinity) : Infinity
    work = atWork(next, () => {
      stats.struck[next.how] = (stats.struck[next.how] ?? 0) + 1
      left--
      if (left === 0 && mode === next) use({ how: 'pass' })
    })
    for (const link of links) link.take(work.conduct)
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    stats.connections++
    const link: Link = new Link(client, target, stats, () => links.delete(link))
    links.add(link)
    link.take(work.conduct)
  })
  const listen = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening')
  // One that is still free when it is closed and opened again.
  const port = await freePort()
  await listen(port)

  return {
    get mode() {
      return mode
    },
    stats,
    bytesRead: () => [...links].reduce((sum, { client }) => sum + client.bytesRead, 0),
    via(url) {
      const way = new URL(url)
      way.hostname = '127.0.0.1'
      way.port = String(port)
      return way.href
    },
    use,
    async open() {
      use({ how: 'pass' })
      if (!server.listening) await listen(port)
    },
    async close() {
      if (!server.listening) return
      const closed = once(server.close(), 'close')
      work.end?.()
      for (const link of links) link.end()
      await closed
    },
  }
}
