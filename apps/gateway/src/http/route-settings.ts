import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js'
import type { FastifyContextConfig } from 'fastify'

/**
 * Adds to what Fastify's hooks know of a route, or of every route of a controller; what a route says itself counts.
 * Hooks judge a request before its body is read, guards of Nest after it was parsed. Nest's own `RouteConfig` knows
 * routes only, and replaces what another decorator has said.
 */
export const RouteSettings =
  (settings: FastifyContextConfig): ClassDecorator & MethodDecorator =>
  (target: object, _name?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (descriptor !== undefined)
      return define(descriptor.value as object, { ...settingsOf(descriptor.value as object), ...settings })
    const { prototype } = target as { prototype: object }
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value === 'function' && value !== target)
        define(value as object, { ...settings, ...settingsOf(value as object) })
    }
  }

const settingsOf = (handler: object): FastifyContextConfig | undefined =>
  Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler) as FastifyContextConfig | undefined

const define = (handler: object, settings: FastifyContextConfig): void =>
  Reflect.defineMetadata(FASTIFY_ROUTE_CONFIG_METADATA, settings, handler)
