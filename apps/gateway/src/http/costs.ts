import type { FastifyRequest } from 'fastify'
import { RouteSettings } from './route-settings.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    tokens?: number
  }
}

/**
 * What requests cost in tokens of RATE_LIMIT_PER_MINUTE; docs/dialects.md has the table. A token pays for up to 3 ms of CPU
 * (docs/scaling.md): a page of 100 rows, which is the largest, takes 0.7 ms, a create 2.9 ms and ten events 2.4 ms.
 */
export const tokens = {
  /** Any request that names no other cost: a page, one thing, a create. */
  request: 1,
  /** A new export, another try of one, or archives that are built anew: work for a worker. */
  export: 10,
  /** A file, by a redirect or through the gateway. */
  download: 10,
} as const

export const EVENTS_PER_TOKEN = 10
/** A batch of events pays more for its events than for its bytes. */
const BYTES_PER_TOKEN = 100_000

/** For a route whose requests cost more than one token. */
export const Costs = (work: keyof typeof tokens) => RouteSettings({ tokens: tokens[work] })

/** Tokens that a request costs, once its body was read. */
export function costOf({ routeOptions, body }: Pick<FastifyRequest, 'routeOptions' | 'body'>): number {
  const { batch, tokens: fixed } = routeOptions.config
  if (batch === undefined || !Array.isArray(body)) return fixed ?? tokens.request
  return Math.max(tokens.request, Math.ceil(body.length / EVENTS_PER_TOKEN))
}

/** Tokens for the body that a request announces, up to what the route reads: it is received even if the request is refused. */
export function costOfBody({
  headers,
  routeOptions,
}: Pick<FastifyRequest, 'headers' | 'routeOptions'>): number {
  const length = Math.min(Number(headers['content-length'] ?? 0), routeOptions.bodyLimit)
  return Math.max(tokens.request, Math.ceil(length / BYTES_PER_TOKEN) || 0)
}
