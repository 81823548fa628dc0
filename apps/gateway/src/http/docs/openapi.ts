import type { INestApplication } from '@nestjs/common'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { newEvents } from '../../events/event.schema.js'
import { errorEnvelope } from '../envelope.js'
import { errorResponses } from './error-responses.js'
import { headerComponents } from './headers.js'
import { completeOperations } from './operations.js'
import { standardSchemaConverter, toComponents } from './schemas.js'

const description = `Leads of chatbots, and exports of any size.

Every request carries \`Authorization: Bearer sk-workspace_…\`. Lists are newest first: follow \`next\` as \`cursor\`.
Unknown query parameters are ignored, unknown body fields refused; an answer may get new fields at any time.
\`GET /api/v1/get-leads\` also takes its parameters as a JSON body. A HEAD answers as its GET would, without the body;
any other method is 405.

Every answer carries \`X-Request-Id\`, and with a key \`RateLimit\` and \`RateLimit-Policy\`. Every error has one body: \`code\` is what a program looks at, \`details.field\` names what was wrong, \`requestId\` finds it in our logs.`

const tags = {
  leads: 'The leads of a workspace: names and ids as the workspace API has them',
  conversations: 'Message users, messages and steps through funnels, by the filters that their exports take',
  'get-leads': "A chatbot's leads, as Chatbase (GET, 200) and Chatzuri (POST, 202) document it",
  'chat-tonic': 'Funnels, their records, exports by mail and the archive, as Chat-Tonic documents them',
  events: 'Conversations in: messages and interactions, of which leads, records and archives are made',
  exports: 'Files of any size: ask, look how it goes, fetch. A mail tells the recipient when it is there',
  archives: 'The daily archives, which build themselves: have days built anew',
  health: 'For load balancers and operators; needs no key',
} as const

/** The OpenAPI 3.1 document, made from the schemas that validate. */
export function openApiDocument(app: INestApplication, publicUrl: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Leadferry')
    .setVersion('1')
    .setDescription(description)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .setOpenAPIVersion('3.1.0')
    .addServer(publicUrl)
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'sk-workspace_…',
      description: 'An API key; for the archive an app token (`app_…`) too',
    })
    .addApiKey(
      { type: 'apiKey', in: 'query', name: 'token', description: 'An app token, never an API key' },
      'appToken',
    )
    .addSecurityRequirements('bearer')
  for (const [name, text] of Object.entries(tags)) builder.addTag(name, text)
  const document = SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter })
  document.components = {
    ...document.components,
    schemas: {
      ...document.components?.schemas,
      ...toComponents(errorEnvelope, 'output'),
      ...toComponents(newEvents, 'input'),
    },
    headers: headerComponents,
    responses: errorResponses,
  }
  completeOperations(document)
  return document
}
