import { once } from 'node:events'
import { connect } from 'node:net'
import { Link } from './link.js'
import { type Echo, startEcho } from './testing/echo.js'

describe('a connection by way of a proxy', () => {
  let echo: Echo

  beforeEach(async () => {
    echo = await startEcho()
  })
  afterEach(() => echo.close())

  it('is closed on both sides when it is reset, though an end is just being passed on', async () => {
    const target = new URL(echo.url)
    const client = connect({ host: target.hostname, port: Number(target.port) })
    const link = new Link(client, target, { bytesUp: 0, bytesDown: 0 }, () => undefined)
    const { upstream } = link
    await Promise.all([once(client, 'connect'), once(upstream, 'connect')])
    const closed = Promise.all([once(client, 'close'), once(upstream, 'close')])
    upstream.end()
    process.nextTick(() => link.reset())
    await closed
  })
})
