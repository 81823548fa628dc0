import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type Address, Link, type Traffic } from './link.js'
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
  readonly port: number
  readonly mode: ProxyMode
  readonly stats: Readonly<ProxyStats>
  /** For the connections that are open and for new ones. */
  use(mode: ProxyMode): void
  /** Resets what is open; what was to land late does not. */
  close(): Promise<void>
}

/** A TCP proxy on 127.0.0.1 that a test tells how to misbehave. @param port 0 for any */
export async function startProxy({ upstream, port }: { upstream: Address; port: number }): Promise<Proxy> {
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
    const link: Link = new Link(client, upstream, stats, () => links.delete(link))
    links.add(link)
    link.take(work.conduct)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    get mode() {
      return mode
    },
    stats,
    use,
    async close() {
      const closed = once(server.close(), 'close')
      work.end?.()
      for (const link of links) link.end()
      await closed
    },
  }
}
