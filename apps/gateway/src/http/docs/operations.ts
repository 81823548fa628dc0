import type { OpenAPIObject, OperationObject } from '@nestjs/swagger'
import { API_PREFIX } from '../authentication.js'
import { NDJSON } from '../batch-items.js'
import { bodyErrors, commonErrors, errorResponse, isError } from './error-responses.js'
import { headers } from './headers.js'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Gives every operation what all of them have, so that a route's decorators say only what is special about it. */
export function completeOperations(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method]
      if (operation === undefined) continue
      // A browser refuses to send a GET with a body, so the page to try it would fail on every call.
      if (method === 'get') delete operation.requestBody
      describeLines(operation)
      complete(operation, path.startsWith(`${API_PREFIX}/`))
    }
  }
}

/** A body of lines is text to OpenAPI, whatever each of them is. */
function describeLines({ requestBody }: OperationObject): void {
  if (requestBody === undefined || '$ref' in requestBody) return
  const lines = requestBody.content[NDJSON]
  if (lines === undefined) return
  lines.schema = { type: 'string', description: 'One of the same objects per line, each refused alone' }
}

function complete(operation: OperationObject, needsKey: boolean): void {
  const { responses } = operation
  if (!needsKey) operation.security = []
  const errors = needsKey ? [...commonErrors, ...statusesOf(operation).filter(isError)] : bodyErrors
  for (const status of errors) responses[status] = errorResponse(status)
  const common = needsKey ? headers('X-Request-Id', 'RateLimit', 'RateLimit-Policy') : headers('X-Request-Id')
  for (const status of statusesOf(operation)) {
    const response = responses[status]
    if (response === undefined || '$ref' in response) continue
    response.headers = { ...common, ...response.headers }
  }
}

const statusesOf = ({ responses }: OperationObject): number[] => Object.keys(responses).map(Number)
