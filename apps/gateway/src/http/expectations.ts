import type { FastifyInstance } from 'fastify'

/**
 * Answers `Expect: 100-continue` (RFC 9110, 10.1.1) when a body is about to be read and no earlier, so that a client does
 * not send one with a request that is refused. Any other Expect is ignored; Node would answer 417 without a body.
 */
export function answerExpectations(server: FastifyInstance): void {
  for (const event of ['checkContinue', 'checkExpectation'])
    server.server.on(event, (request, response) => server.server.emit('request', request, response))
  server.addHook('preParsing', ({ headers }, reply, _payload, done) => {
    if (/^100-continue$/i.test(headers.expect ?? '')) reply.raw.writeContinue()
    done()
  })
}
