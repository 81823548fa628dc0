import { LRUCache } from 'lru-cache'
import { isIPv6 } from 'node:net'

const WINDOW_MS = 60_000
/** Failures in a window, of one address and of all together. */
const OF_ADDRESS = 20
const OF_ALL = 1000
/** Memory is bounded: an attacker with more addresses than this is held up by the limit on all. */
const MOST_ADDRESSES = 10_000
const KNOWN_FOR_MS = 86_400_000

interface Window {
  failures: number
  /** In milliseconds, as Date.now() counts. */
  until: number
}

/**
 * Limits how often a secret may be guessed: 20 failures a minute of one address and 1,000 of all addresses together.
 *
 * An attempt is counted before the secret is looked at and given back when it was right, so that parallel attempts
 * gain nothing and a refusal says nothing about the secret. The limit on all holds back only addresses that have not
 * had the right secret within a day: whoever guesses from many addresses does not lock out an operator. The address is
 * that of the connection, which no header can change, or what a proxy of TRUSTED_PROXIES says. Each process counts for
 * itself, because strangers should not make the database write.
 */
export class FailedAttempts {
  private readonly addresses = new LRUCache<string, Window>({ max: MOST_ADDRESSES })
  private readonly known = new LRUCache<string, true>({ max: MOST_ADDRESSES, ttl: KNOWN_FOR_MS })
  private all: Window = { failures: 0, until: 0 }

  /**
   * Counts an attempt.
   *
   * @returns whole seconds to wait, 0 when the attempt may be made
   */
  take(address: string, now = Date.now()): number {
    const network = networkOf(address)
    const own = current(this.addresses.get(network), now)
    this.all = current(this.all, now)
    if (own.failures >= OF_ADDRESS) return seconds(own.until - now)
    if (this.all.failures >= OF_ALL && !this.known.has(network)) return seconds(this.all.until - now)
    own.failures++
    this.all.failures++
    this.addresses.set(network, own)
    return 0
  }

  /** Takes the count of an attempt back, because its secret was right. */
  giveBack(address: string): void {
    const network = networkOf(address)
    const own = this.addresses.get(network)
    if (own !== undefined) own.failures = Math.max(0, own.failures - 1)
    this.all.failures = Math.max(0, this.all.failures - 1)
    this.known.set(network, true)
  }
}

const current = (window: Window | undefined, now: number): Window =>
  window !== undefined && window.until > now ? window : { failures: 0, until: now + WINDOW_MS }

const seconds = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000))

/** A host has a whole /64 of IPv6 to pick its addresses from (RFC 4291, section 2.5.4), so that is what is counted. */
function networkOf(address: string): string {
  const [plain = ''] = address.split('%')
  if (!isIPv6(plain) || plain.includes('.')) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const words = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - words.length - rest.length
  const whole = [...words, ...Array<string>(zeros).fill('0'), ...rest]
  return whole
    .slice(0, 4)
    .map((word) => Number.parseInt(word, 16).toString(16))
    .join(':')
}
