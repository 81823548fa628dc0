import type { FastifyInstance } from 'fastify'
import { AppError } from '#core'
import { FORM_BYTES } from './body-limits.js'
import { RouteSettings } from './route-settings.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    readsForm?: boolean
  }
}

/** Fields of a form; the largest of ours has two. */
const MAX_FIELDS = 20

/** For a route that a person's form posts to, with what the form holds as its body. */
export const ReadsForm = () => RouteSettings({ readsForm: true, maxBodyBytes: FORM_BYTES })

/**
 * Reads forms (application/x-www-form-urlencoded) for the routes that want one; of a field that comes twice the
 * last counts. Elsewhere a form is what any body that is no JSON is. Comes after `useJsonBodies`.
 */
export function useFormBodies(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    ({ routeOptions: { config } }, body, done) => {
      if (config.readsForm === true) return readForm(body as Buffer, done)
      const isRefused = body.length > 0 && config.ignoresBody !== true
      done(isRefused ? new AppError('UNSUPPORTED_MEDIA_TYPE') : null, undefined)
    },
  )
}

function readForm(body: Buffer, done: (error: Error | null, form?: Record<string, string>) => void): void {
  const text = body.toString()
  if (text.split('&', MAX_FIELDS + 1).length > MAX_FIELDS)
    return done(new AppError('VALIDATION_ERROR', { message: `The form has more than ${MAX_FIELDS} fields` }))
  done(null, Object.fromEntries(new URLSearchParams(text)))
}
