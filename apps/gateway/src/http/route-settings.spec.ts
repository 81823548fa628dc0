import 'reflect-metadata'
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js'
import { RouteSettings } from './route-settings.js'

@RouteSettings({ scope: 'leads:read', maxBodyBytes: 5 })
class Controller {
  plain(): void {}

  @RouteSettings({ scope: 'leads:write' })
  @RouteSettings({ ignoresBody: true })
  special(): void {}
}

const settingsOf = (route: 'plain' | 'special'): unknown =>
  Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, Controller.prototype[route])

describe('RouteSettings', () => {
  it('of a controller are those of each route', () => {
    expect(settingsOf('plain')).toEqual({ scope: 'leads:read', maxBodyBytes: 5 })
  })
  it('of a route add up, and count before those of its controller', () => {
    expect(settingsOf('special')).toEqual({ scope: 'leads:write', maxBodyBytes: 5, ignoresBody: true })
  })
})
