import { once } from 'node:events'
import { createServer } from 'node:net'
import { assertPortFree, freePort } from './ports.js'

describe('ports', () => {
  it('finds a port that can be used', async () => {
    const port = await freePort()
    await expect(assertPortFree(port, 'gateway', 'PORT')).resolves.toBeUndefined()
  })

  it('gives no port to two who ask', async () => {
    // By chance alone, two of 500 out of 12,768 would be the same in all but one of 20,000 runs.
    const ports = await Promise.all(Array.from({ length: 500 }, () => freePort()))
    expect(new Set(ports).size).toBe(ports.length)
  })

  it('names port, use and variable of a port that is taken', async () => {
    const port = await freePort()
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    try {
      const message = new RegExp(`port ${port} \\(gateway, PORT\\) is taken by .+ set PORT to a free port`)
      await expect(assertPortFree(port, 'gateway', 'PORT')).rejects.toThrow(message)
    } finally {
      server.close()
    }
  })
})
