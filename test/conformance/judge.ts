import type { Answer } from './cases/case.js'
import { differences } from './compare.js'
import type { Exchange } from './recorder.js'
import { substituted } from './substitution.js'

/** What is wrong with what an example was answered, in words; empty when nothing is. */
export function judged(exchanges: readonly Exchange[], status: number, answer: Answer | undefined): string[] {
  const [exchange, ...others] = exchanges
  if (exchange === undefined) return ['sent no request']
  if (others.length > 0) return [`sent ${exchanges.length} requests where one was meant`]
  const sent = `${exchange.method} ${exchange.path}`
  if (exchange.status !== status) {
    return [`status ${exchange.status}, documented is ${status} (${sent}): ${exchange.body}`]
  }
  if (!/^application\/json\b/.test(exchange.contentType)) {
    return [`content type "${exchange.contentType}", documented is application/json (${sent})`]
  }
  const body = parsed(exchange.body)
  if (body === undefined) return [`the body is not JSON (${sent}): ${exchange.body}`]
  return answer === undefined ? [] : differences(documented(answer), body, answer.rules)
}

/** The document's example response as a value. */
export function documented({ text, substitutions = [], prose }: Answer): unknown {
  const value = JSON.parse(substituted(text, substitutions)) as Record<string, unknown>
  return prose === undefined ? value : prose(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
