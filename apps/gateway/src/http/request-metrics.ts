import type { FastifyInstance } from 'fastify'
import type { Metrics } from '#core'

/** Counts and times requests by their route's pattern, never by URL: there would be no end of them. */
export function requestMetrics(metrics: Metrics): (server: FastifyInstance) => void {
  const duration = metrics.histogram({
    name: 'leadferry_http_request_duration_seconds',
    help: 'From the first byte of a request’s headers to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  })
  return (server) =>
    server.addHook('onResponse', (request, reply, done) => {
      const { method, routeOptions } = request
      const labels = { method, route: routeOptions.url ?? 'unmatched', status: reply.statusCode }
      duration.observe(labels, reply.elapsedTime / 1000)
      done()
    })
}
