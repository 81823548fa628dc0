import type { FastifyInstance } from 'fastify'
import { createAdapter } from './adapter.js'

/** Whom a request is said to come from. */
async function addressSeen(trusted: string[] | undefined, from: string, told: string): Promise<string> {
  const server = createAdapter({ TRUSTED_PROXIES: trusted }).getInstance<FastifyInstance>()
  server.get('/address', ({ ip }) => ip)
  const headers = { host: 'leads.example.com', 'x-forwarded-for': told }
  const { payload } = await server.inject({ url: '/address', remoteAddress: from, headers })
  await server.close()
  return payload
}

describe('the address that a request comes from', () => {
  const balancer = '10.1.2.3'
  it.each([
    ['nobody is trusted', undefined, balancer, '203.0.113.7', balancer],
    ['the balancer is', ['10.0.0.0/8'], balancer, '203.0.113.7', '203.0.113.7'],
    [
      'the client pretends to be somebody',
      ['10.0.0.0/8'],
      balancer,
      '198.51.100.1, 203.0.113.7',
      '203.0.113.7',
    ],
    ['a stranger pretends to be the balancer', ['10.0.0.0/8'], '203.0.113.7', '10.9.9.9', '203.0.113.7'],
    [
      'two balancers stand in a row',
      ['10.0.0.0/8', 'fd00::/8'],
      'fd00::1',
      '203.0.113.7, 10.1.2.3',
      '203.0.113.7',
    ],
  ])('%s', async (_, trusted, from, told, seen) => {
    expect(await addressSeen(trusted, from, told)).toBe(seen)
  })
})
