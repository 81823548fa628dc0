import type { INestApplication } from '@nestjs/common'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { z } from 'zod'

const description = `Leads of chatbots, and exports of any size.

Every request carries \`Authorization: Bearer sk-workspace_…\`. Lists are newest first. Unknown query parameters are
ignored, unknown body fields refused. \`GET /api/v1/get-leads\` also takes its parameters as a JSON body.`

/** The OpenAPI 3.1 document, made from the schemas that validate. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Leadferry')
    .setVersion('1')
    .setDescription(description)
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'sk-workspace_…' })
    .addApiKey({ type: 'apiKey', in: 'query', name: 'token' }, 'appToken')
    .build()
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: toOpenApi })
  for (const { get } of Object.values(document.paths)) {
    // A browser refuses to send a GET with a body, so the page to try it would fail on every call.
    if (get !== undefined) delete get.requestBody
  }
  return document
}

/** Schemas with an id become components; none of ours both reads and writes, so that no name means two things. */
function toOpenApi(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined
  const converted = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: schemaType,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // A number that may come as text is documented as the number it means.
      if (jsonSchema.type !== undefined) delete jsonSchema.anyOf
    },
  })
  const { $defs: components } = converted
  delete converted.$schema
  delete converted.$defs
  return { schema: converted, components }
}
