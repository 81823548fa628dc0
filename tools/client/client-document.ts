import type { OpenAPIObject, OperationObject, ResponsesObject } from '@nestjs/swagger'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** How a call of the client reaches its operation, and what it makes of the answer. */
export interface Route {
  method: Uppercase<(typeof methods)[number]>
  path: string
  /** `file`: the answer redirects to it. */
  answer: 'json' | 'nothing' | 'file'
}

/** The routes by operation id, in the document's order. */
export function routesOf(document: OpenAPIObject): Record<string, Route> {
  const routes: Record<string, Route> = {}
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method]
      if (operation?.operationId === undefined) continue
      const upper = method.toUpperCase() as Route['method']
      routes[operation.operationId] = { method: upper, path, answer: answerOf(operation) }
    }
  }
  return routes
}

function answerOf({ responses }: OperationObject): Route['answer'] {
  if ('302' in responses) return 'file'
  return Object.values(responses).some((one) => one !== undefined && 'content' in one) ? 'json' : 'nothing'
}

/**
 * The document without what the client has types of its own for (errors are thrown, headers not shown)
 * and without what needs no key: a tenth of the declarations that the whole of it would make.
 */
export function clientDocument(whole: OpenAPIObject, prefix: string): OpenAPIObject {
  const document = structuredClone(whole)
  document.paths = Object.fromEntries(
    Object.entries(document.paths).filter(([path]) => path.startsWith(prefix)),
  )
  for (const item of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = item[method]
      if (operation !== undefined) operation.responses = successes(operation.responses)
    }
  }
  const { schemas } = document.components ?? {}
  document.components = { schemas }
  return document
}

function successes(responses: ResponsesObject): ResponsesObject {
  const kept: ResponsesObject = {}
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) >= 400 || response === undefined || '$ref' in response) continue
    kept[status] = { description: response.description, content: response.content }
  }
  return kept
}
