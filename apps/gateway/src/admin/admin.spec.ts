import { fastify } from 'fastify'
import { AppError } from '#core'
import { requireRootToken } from './admin.authentication.js'
import { newFunnelBody, newKeyBody, newWorkspaceBody } from './admin.schema.js'

describe('admin port', () => {
  it('answers to the root token only, on every path', async () => {
    const server = fastify()
    requireRootToken(server, 'r'.repeat(32))
    server.setErrorHandler((error, _request, reply) =>
      reply.status(error instanceof AppError ? error.status : 500).send(),
    )
    server.get('/admin/v1/workspaces', () => [])
    const status = async (url: string, authorization?: string) =>
      (await server.inject({ url, headers: authorization === undefined ? {} : { authorization } })).statusCode
    await expect(status('/admin/v1/workspaces')).resolves.toBe(401)
    await expect(status('/nothing')).resolves.toBe(401)
    await expect(status('/admin/v1/workspaces', `Bearer ${'r'.repeat(31)}`)).resolves.toBe(401)
    await expect(status('/admin/v1/workspaces', `Bearer ${'r'.repeat(32)}`)).resolves.toBe(200)
    await server.close()
  })

  it.each(['', 'UPPER', 'with space', 'exports', 'admin', 'get-leads', 'x'.repeat(65)])(
    'a workspace is not called %p',
    (codename) => {
      expect(newWorkspaceBody.safeParse({ codename, name: 'x' }).success).toBe(false)
    },
  )

  it('a workspace has a language and a time zone', () => {
    expect(newWorkspaceBody.parse({ codename: 'demo', name: 'Demo' })).toMatchObject({
      locale: 'es',
      timeZone: 'UTC',
    })
  })

  it.each(['123', '__proto__', '', ' '])('a funnel is not called %p', (name) => {
    expect(newFunnelBody.safeParse({ name, interactions: ['a'] }).success).toBe(false)
  })

  it('a group starts anew after a day, and counts once, unless told otherwise', () => {
    const groups = [{ name: 'g', interactions: ['a'] }]
    const funnel = newFunnelBody.parse({ name: 'f', interactions: ['a'], groups })
    expect(funnel.groups[0]).toMatchObject({ doubleCounting: false, newAt: 24 })
    expect(newFunnelBody.safeParse({ name: 'f', interactions: ['a', 'a'] }).success).toBe(false)
  })

  it('a key knows the scopes there are', () => {
    const owner = { ownerName: 'Ana', ownerEmail: 'ana@example.com' }
    expect(newKeyBody.safeParse({ ...owner, scopes: ['leads:read'] }).success).toBe(true)
    expect(newKeyBody.safeParse({ ...owner, scopes: ['leads:delete'] }).success).toBe(false)
    expect(newKeyBody.safeParse({ ...owner, expiresAt: '2030-01-01' }).success).toBe(false)
  })
})
