import { once } from 'node:events'
import { createServer } from 'node:net'
import { assertPortFree, freePort } from './ports.js'

describe('ports', () => {
  it('finds a port that can be used', async () => {
    const port = await freePort()
    await expect(assertPortFree(port, 'gateway', 'PORT')).resolves.toBeUndefined()
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
