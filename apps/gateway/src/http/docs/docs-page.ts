import type { INestApplication } from '@nestjs/common'
import type { OpenAPIObject } from '@nestjs/swagger'
import type { FastifyInstance } from 'fastify'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import swaggerUiFolder from 'swagger-ui-dist/absolute-path.js'
import { openApiDocument } from './openapi.js'

const assets = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Leadferry API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`
/** Requests go to where the page came from, by whatever name that was: to another origin the browser would refuse them. */
const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#ui',
  deepLinking: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  displayOperationId: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  requestInterceptor(request) {
    const { pathname, search } = new URL(request.url, location.href)
    return Object.assign(request, { url: location.origin + pathname + search })
  },
})
`
const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** Serves `/openapi.json`, and at `/docs` a page to read it and try it. Neither needs a key, nor shows anything of a tenant. */
export function serveDocs(server: FastifyInstance, app: INestApplication, publicUrl: string): void {
  let document: OpenAPIObject | undefined
  server.get('/openapi.json', () => (document ??= openApiDocument(app, publicUrl)))
  server.get('/docs', (_request, reply) =>
    reply.type('text/html; charset=utf-8').headers(pageHeaders).send(page),
  )
  server.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start))
  for (const [name, type] of Object.entries(assets)) {
    server.get(`/docs/${name}`, async (_request, reply) =>
      reply
        .type(type)
        .header('Cache-Control', 'public, max-age=86400')
        .send(await readFile(join(swaggerUiFolder(), name))),
    )
  }
}
