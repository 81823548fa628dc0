import { RouteConfig } from '@nestjs/platform-fastify'
import type { FastifyContextConfig, FastifyInstance } from 'fastify'
import { AppError } from '#core'

declare module 'fastify' {
  interface FastifyContextConfig {
    readsForm?: boolean
  }
}

const readsForm: FastifyContextConfig = { readsForm: true }
/** For a route that a person's form posts to, with what the form holds as its body. */
export const ReadsForm = () => RouteConfig(readsForm)

/**
 * Reads forms (application/x-www-form-urlencoded) for the routes that want one; of a field that comes twice the
 * last counts. Elsewhere a form is what any body that is no JSON is. Comes after `useJsonBodies`.
 */
export function useFormBodies(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    ({ routeOptions: { config } }, body, done) => {
      if (config.readsForm === true)
        return done(null, Object.fromEntries(new URLSearchParams(body.toString())))
      const isRefused = body.length > 0 && config.ignoresBody !== true
      done(isRefused ? new AppError('UNSUPPORTED_MEDIA_TYPE') : null, undefined)
    },
  )
}
