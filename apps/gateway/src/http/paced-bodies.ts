import type { FastifyInstance } from 'fastify'
import { pipeline, Transform } from 'node:stream'
import type { ActiveWorkspaces } from './active-workspaces.js'
import { BodyPace, READ_AT_ONCE } from './body-pace.js'

/**
 * Limits the rate at which the gateway reads large batches while other workspaces are active: the tokens of one key allow
 * 700 MB within seconds. Call it after the hooks that reject bodies by their length.
 */
export function paceLargeBodies(server: FastifyInstance, active: Pick<ActiveWorkspaces, 'hasOthers'>): void {
  const pace = new BodyPace()
  server.addHook('preParsing', ({ principal, routeOptions, headers }, _reply, body, done) => {
    const isSmall = Number(headers['content-length'] ?? Infinity) <= READ_AT_ONCE
    if (principal === null || routeOptions.config.batch === undefined || isSmall) return done()
    if (!active.hasOthers(principal.workspaceId)) return done()
    // Fastify listens to the paced body, so an error of the request must end it too.
    done(
      null,
      pipeline(body, pacedBody(pace), () => undefined),
    )
  })
}

function pacedBody(pace: BodyPace): Transform {
  let bytes = 0
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes <= READ_AT_ONCE) done(null, chunk)
      else pace.wait(() => done(null, chunk))
    },
  })
}
