import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../until.js'
import { type Proxy, type ProxyMode, startProxy } from './proxy.js'
import { call, type Caller, type Echo, startEcho } from './testing/echo.js'

const MIB = 1024 * 1024

describe('a proxy', () => {
  let echo: Echo
  let proxy: Proxy
  let callers: Caller[]

  beforeEach(async () => {
    echo = await startEcho()
    proxy = await startProxy(echo.url)
    callers = []
  })
  afterEach(async () => {
    for (const { socket } of callers) socket.destroy()
    await proxy.close()
    await echo.close()
  })

  function dial(): Caller {
    const caller = call(proxy.via(echo.url))
    callers.push(caller)
    return caller
  }

  const hears = (caller: Caller, bytes: number) =>
    until(`${bytes} bytes`, () => caller.heard().length >= bytes)

  /** A connection over which something went already. */
  async function talking(): Promise<Caller> {
    const caller = dial()
    caller.socket.write('x')
    await hears(caller, 1)
    return caller
  }

  /** Time enough for whatever would come, if it came. */
  const aWhile = () => sleep(150)

  it('passes bytes both ways, whole and in order, and an end as an end', async () => {
    const bytes = randomBytes(16 * MIB)
    const caller = dial()
    caller.socket.end(bytes)
    expect(await caller.outcome).toBe('end')
    expect(caller.heard().equals(bytes)).toBe(true)
    expect(proxy.stats).toEqual({
      connections: 1,
      bytesUp: bytes.length,
      bytesDown: bytes.length,
      struck: {},
    })
  })

  it('passes a greeting to a client that says nothing', async () => {
    const greeter = await startEcho('220 hello\r\n')
    const other = await startProxy(greeter.url)
    const caller = call(other.via(greeter.url))
    callers.push(caller)
    await hears(caller, 11)
    await other.close()
    await greeter.close()
  })

  it('resets the client where the upstream is down', async () => {
    await echo.close()
    expect(await dial().outcome).toBe('ECONNRESET')
    echo = await startEcho()
  })

  it('tells the one side that the other was reset', async () => {
    const [first, second] = [await talking(), await talking()]
    echo.sockets[0]!.resetAndDestroy()
    expect(await first.outcome).toBe('ECONNRESET')
    const error = new Promise((resolve) => echo.sockets[1]!.once('error', resolve))
    second.socket.resetAndDestroy()
    expect(await error).toMatchObject({ code: 'ECONNRESET' })
  })

  it('refuse: what is open is reset and what comes is, until it passes again', async () => {
    const open = await talking()
    proxy.use({ how: 'refuse' })
    expect(await open.outcome).toBe('ECONNRESET')
    expect(['ECONNRESET', 'close']).toContain(await dial().outcome)
    expect(proxy.stats.struck).toEqual({ refuse: 2 })
    expect(echo.sockets).toHaveLength(1)
    proxy.use({ how: 'pass' })
    await talking()
  })

  it('refuse: a client that does not read what waits for it is reset all the same', async () => {
    const caller = await talking()
    caller.socket.pause()
    caller.socket.write(randomBytes(32 * MIB))
    const { bytesDown } = proxy.stats
    await until('a jam', () => proxy.stats.bytesDown > bytesDown)
    await aWhile()
    proxy.use({ how: 'refuse' })
    await until('the upstream to be reset', () => echo.sockets[0]!.destroyed)
    caller.socket.resume()
    expect(await caller.outcome).toBe('ECONNRESET')
  })

  it('cut: after so many bytes both sides are reset, as often as told, then it passes', async () => {
    const open = await talking()
    const idle = await talking()
    proxy.use({ how: 'cut', afterBytes: 100_000, times: 2 })
    open.socket.write(randomBytes(MIB))
    expect(await open.outcome).toBe('ECONNRESET')
    const anew = dial()
    anew.socket.write(randomBytes(99_999))
    await hears(anew, 99_999)
    anew.socket.write('xx')
    expect(await anew.outcome).toBe('ECONNRESET')
    expect(proxy.stats.struck).toEqual({ cut: 2 })
    expect(proxy.stats.bytesUp).toBe(2 + 2 * 100_000)
    expect(proxy.mode).toEqual({ how: 'pass' })
    await until('the upstream to be cut', () => echo.sockets[2]!.destroyed)
    idle.socket.write(randomBytes(200_000))
    await hears(idle, 200_001)
  })

  it('cut after nothing: with the first byte, of which the upstream sees none', async () => {
    const idle = await talking()
    proxy.use({ how: 'cut', afterBytes: 0, times: 1 })
    await aWhile()
    expect(idle.socket.destroyed).toBe(false)
    idle.socket.write('y')
    expect(await idle.outcome).toBe('ECONNRESET')
    expect(echo.received().toString()).toBe('x')
  })

  it('stall: nothing moves, reads or is lost, on connections old and new; then it goes on', async () => {
    const bytes = randomBytes(32 * MIB)
    const old = await talking()
    proxy.use({ how: 'stall' })
    const anew = dial()
    old.socket.write('held')
    anew.socket.write(bytes)
    await until('both to be held', () => proxy.stats.struck.stall === 2)
    await aWhile()
    expect(proxy.stats.bytesUp).toBe(1)
    expect(echo.sockets).toHaveLength(1)
    // The client feels it: its bytes are not taken from it to wait in the proxy.
    expect(anew.socket.bytesWritten - anew.socket.writableLength).toBeLessThan(16 * MIB)
    proxy.use({ how: 'pass' })
    await hears(old, 5)
    await hears(anew, bytes.length)
    expect(old.heard().toString()).toBe('xheld')
    expect(anew.heard().equals(bytes)).toBe(true)
  })

  it('slow: no more bytes than the time allows, over all connections and both ways', async () => {
    const rate = 200_000
    const bytes = randomBytes(25_000)
    const open = [await talking(), await talking()]
    const before = proxy.stats.bytesUp + proxy.stats.bytesDown
    const begun = performance.now()
    proxy.use({ how: 'slow', bytesPerSecond: rate })
    for (const { socket } of open) socket.write(bytes)
    for (const caller of open) await hears(caller, bytes.length + 1)
    const seconds = (performance.now() - begun) / 1000
    const moved = proxy.stats.bytesUp + proxy.stats.bytesDown - before
    expect(moved).toBe(4 * bytes.length)
    expect(moved).toBeLessThanOrEqual(rate * seconds + 1)
    for (const caller of open) expect(caller.heard().subarray(1).equals(bytes)).toBe(true)
  })

  it('slow: what is not moved yet waits with the client; an end comes through', async () => {
    proxy.use({ how: 'slow', bytesPerSecond: 10_000 })
    const caller = dial()
    const bytes = randomBytes(32 * MIB)
    caller.socket.end(bytes)
    await until('some bytes', () => proxy.stats.bytesDown > 0)
    expect(caller.socket.bytesWritten - caller.socket.writableLength).toBeLessThan(16 * MIB)
    proxy.use({ how: 'pass' })
    expect(await caller.outcome).toBe('end')
    expect(caller.heard().equals(bytes)).toBe(true)
  })

  it.each([
    ['closes', (caller: Caller) => caller.socket.destroy()],
    ['ends', (caller: Caller) => caller.socket.end()],
    ['is reset', (caller: Caller) => caller.socket.resetAndDestroy()],
  ])(
    'trickle: a client that %s is done with at once; what had not gone up by then never does',
    async (_, leave) => {
      proxy.use({ how: 'trickle', bytesPerSecond: 10_000 })
      const caller = dial()
      // More than the system would hold for it.
      const bytes = randomBytes(32 * MIB)
      await new Promise((resolve) => caller.socket.write(bytes, resolve))
      await until('some bytes', () => echo.received().length > 0)
      leave(caller)
      await until('the upstream to be left', () => echo.sockets[0]!.destroyed)
      const { bytesUp } = proxy.stats
      proxy.use({ how: 'pass' })
      await aWhile()
      expect(proxy.stats.bytesUp).toBe(bytesUp)
      expect(echo.received().equals(bytes.subarray(0, echo.received().length))).toBe(true)
      expect(bytesUp).toBeLessThan(MIB)
      expect(proxy.stats.struck).toEqual({ trickle: 1 })
    },
  )

  it('trickle: what waits goes on as the next mode has it, whole and in order', async () => {
    const bytes = randomBytes(4 * MIB)
    const caller = await talking()
    proxy.use({ how: 'trickle', bytesPerSecond: 10_000 })
    await new Promise((resolve) => caller.socket.write(bytes, resolve))
    await until('some bytes', () => echo.received().length > 1)
    proxy.use({ how: 'pass' })
    await hears(caller, 1 + bytes.length)
    expect(caller.heard().subarray(1).equals(bytes)).toBe(true)
  })

  it('halfAnswer: so much of it comes back, and the upstream has all that was sent', async () => {
    const old = await talking()
    proxy.use({ how: 'halfAnswer', bytes: 10, times: 1 })
    old.socket.write('0123456789abcdef')
    // Node tells of a reset that comes with bytes as of an end.
    expect(['ECONNRESET', 'end']).toContain(await old.outcome)
    expect(old.heard().toString()).toBe('x0123456789')
    expect(echo.received().toString()).toBe('x0123456789abcdef')
    expect(proxy.stats.struck).toEqual({ halfAnswer: 1 })
    await talking()
  })

  it('halfAnswer: each answer counts, and nothing of it may be all', async () => {
    proxy.use({ how: 'halfAnswer', bytes: 3 })
    const caller = dial()
    for (const heard of [2, 4, 6]) {
      caller.socket.write('ab')
      await hears(caller, heard)
    }
    proxy.use({ how: 'halfAnswer', bytes: 0 })
    caller.socket.write('ab')
    expect(await caller.outcome).toBe('ECONNRESET')
    expect(caller.heard().toString()).toBe('ababab')
    expect(echo.received().toString()).toBe('abababab')
  })

  it.each([
    ['closes', (caller: Caller) => caller.socket.destroy()],
    ['is reset', (caller: Caller) => caller.socket.resetAndDestroy()],
  ])(
    'late: a client that %s hears nothing; what it sent lands later, though the mode is over',
    async (_, giveUp) => {
      proxy.use({ how: 'late', ms: 1000 })
      const caller = dial()
      const bytes = randomBytes(4 * MIB)
      caller.socket.write(bytes)
      // A reset drops what the system has not handed over yet.
      await until('all to be with the proxy', () => proxy.bytesRead() === bytes.length)
      giveUp(caller)
      await caller.outcome
      proxy.use({ how: 'pass' })
      expect(echo.received()).toHaveLength(0)
      await until('it to land', () => echo.received().length === bytes.length)
      expect(echo.received().equals(bytes)).toBe(true)
      expect(caller.heard()).toHaveLength(0)
      expect(proxy.stats.struck).toEqual({ late: 1 })
    },
  )

  it('late: a client that waits long enough is answered, by then as the mode of then has it', async () => {
    const old = await talking()
    proxy.use({ how: 'late', ms: 50 })
    old.socket.write('y')
    await hears(old, 2)
    old.socket.write('z')
    const anew = dial()
    anew.socket.write('2')
    await hears(old, 3)
    await hears(anew, 1)
    proxy.use({ how: 'pass' })
    anew.socket.write('3')
    await hears(anew, 2)
    expect([old.heard().toString(), anew.heard().toString()]).toEqual(['xyz', '23'])
  })

  it.each<ProxyMode>([
    { how: 'pass' },
    { how: 'stall' },
    { how: 'slow', bytesPerSecond: 10 },
    { how: 'trickle', bytesPerSecond: 10 },
    { how: 'late', ms: 3_600_000 },
    { how: 'halfAnswer', bytes: 9 },
    { how: 'cutBeforeDot' },
  ])('$how: nothing is left open after close()', async (mode) => {
    const old = await talking()
    const gone = await talking()
    proxy.use(mode)
    const anew = dial()
    for (const { socket } of [old, anew, gone]) socket.write('some')
    await aWhile()
    gone.socket.destroy()
    await aWhile()
    await proxy.close()
    for (const caller of [old, anew]) expect(['ECONNRESET', 'close']).toContain(await caller.outcome)
    await until('the upstream to be left', () => echo.sockets.every((socket) => socket.destroyed))
    expect(await call(proxy.via(echo.url)).outcome).toBe('ECONNREFUSED')
  })

  it('opened again, it listens where it did and passes', async () => {
    const old = await talking()
    proxy.use({ how: 'stall' })
    await proxy.close()
    expect(await old.outcome).toBe('ECONNRESET')
    await proxy.open()
    await talking()
    await proxy.open()
    await talking()
  })
})
