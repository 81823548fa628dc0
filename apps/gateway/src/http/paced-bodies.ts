import type { FastifyInstance } from 'fastify'
import { pipeline, Transform } from 'node:stream'
import type { ActiveWorkspaces } from './active-workspaces.js'
import { BodyPace, READ_AT_ONCE } from './body-pace.js'

/**
 * Reads large batches slowly while other workspaces are active: 700 MB of them within seconds are within a key's tokens. Comes after
 * the limits of bodies, so that a body that is refused is not read.
 */
export function paceLargeBodies(server: FastifyInstance, active: Pick<ActiveWorkspaces, 'hasOthers'>): void {
  const pace = new BodyPace()
  server.addHook('preParsing', ({ principal, routeOptions, headers }, _reply, body, done) => {
    const isSmall = Number(headers['content-length'] ?? Infinity) <= READ_AT_ONCE
    if (principal === null || routeOptions.config.batch === undefined || isSmall) return done()
    if (!active.hasOthers(principal.workspaceId)) return done()
    // What breaks the request breaks the paced body as well, where Fastify sees it.
    done(
      null,
      pipeline(body, pacedBody(pace), () => undefined),
    )
  })
}

export function pacedBody(pace: BodyPace): Transform {
  let bytes = 0
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes <= READ_AT_ONCE) done(null, chunk)
      else pace.wait(() => done(null, chunk))
    },
  })
}
