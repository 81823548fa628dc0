import { invalid } from '#core'
import { oneOf } from '../../http/aliases.js'
import { type PagePlace, pagePlace } from '../../http/paging.js'
import type { GetLeadsParameters } from './get-leads.schema.js'

/** What is asked for, once it no longer matters where it stood. */
export interface GetLeadsRequest {
  chatbotId: string
  /** What the chatbot was called by: `chatbotId` or `agentId`. */
  chatbotField: string
  startDate?: string
  endDate?: string
  place: PagePlace
}

/**
 * Joins query and body, which may both carry any parameter.
 * @throws AppError 400 for one that both carry with different values, and for a missing chatbotId
 */
export function getLeadsRequest(query: GetLeadsParameters, body: GetLeadsParameters = {}): GetLeadsRequest {
  const { chatbotId, agentId, startDate, endDate, ...paging } = merged(query, body)
  const chatbot = oneOf({ chatbotId, agentId })
  if (chatbot === null) throw invalid('chatbotId', 'Is required')
  return {
    chatbotId: chatbot.value,
    chatbotField: chatbot.field,
    startDate,
    endDate,
    place: pagePlace(paging),
  }
}

function merged(query: GetLeadsParameters, body: GetLeadsParameters): GetLeadsParameters {
  for (const field of Object.keys(body) as (keyof GetLeadsParameters)[]) {
    const both = query[field] !== undefined && body[field] !== undefined
    if (both && query[field] !== body[field])
      throw invalid(field, 'Differs between query and body', body[field])
  }
  return { ...query, ...body }
}
