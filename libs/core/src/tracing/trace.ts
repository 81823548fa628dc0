import {
  type Attributes,
  type Context,
  context,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

const tracer = trace.getTracer('leadferry')

/** What a span is beside its name; never what is personal or secret. */
export interface SpanTerms {
  kind?: 'server' | 'client' | 'consumer'
  attributes?: Attributes
  /** A `traceparent` to go on from; absent: whatever is under way here. */
  parent?: string | null
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER }

/** Does the work within a span of its name; where nobody traces it costs next to nothing. */
export function traced<T>(name: string, terms: SpanTerms, work: (span: Span) => Promise<T>): Promise<T> {
  const { kind, attributes, parent } = terms
  const options = { attributes, kind: kind === undefined ? SpanKind.INTERNAL : kinds[kind] }
  const { from, links } = originOf(parent ?? null)
  return tracer.startActiveSpan(name, { ...options, links }, from, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      // The name only: a message may have somebody's data in it.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
      throw error
    } finally {
      span.end()
    }
  })
}

/**
 * What a span goes on from. Work that another message woke than its own goes on from its own request, and is linked to what
 * is under way here.
 */
function originOf(parent: string | null): { from: Context; links: Link[] } {
  const here = context.active()
  if (parent === null) return { from: here, links: [] }
  const there = propagation.extract(ROOT_CONTEXT, { traceparent: parent })
  const [ours, theirs] = [trace.getSpanContext(here), trace.getSpanContext(there)]
  if (ours === undefined) return { from: there, links: [] }
  return ours.traceId === theirs?.traceId
    ? { from: here, links: [] }
    : { from: there, links: [{ context: ours }] }
}

/** What ties a log line to the span it is written in; nothing where nobody traces. */
export function spanIds(): { traceId?: string; spanId?: string } {
  const span = trace.getSpanContext(context.active())
  return span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId }
}

/** The W3C `traceparent` of what is under way here, to be gone on from elsewhere; null where nobody traces. */
export function traceparent(): string | null {
  const carrier: { traceparent?: string } = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}
