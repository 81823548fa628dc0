import { setTimeout as sleep } from 'node:timers/promises'
import type { Proxy, ProxyMode } from '../../support/proxy/proxy.js'

/** Has a proxy misbehave for so many milliseconds, and well again after them. */
export async function during(proxy: Proxy, mode: ProxyMode, ms: number): Promise<void> {
  proxy.use(mode)
  await sleep(ms)
  proxy.use({ how: 'pass' })
}
