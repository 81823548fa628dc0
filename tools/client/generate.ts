import openapiTS, { astToString } from 'openapi-typescript'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { isInterfaceDeclaration } from 'typescript'
import { API_PREFIX } from '../../apps/gateway/src/http/authentication.js'
import { openApiDocument } from '../../apps/gateway/src/http/docs/openapi.js'
import { projectRoot } from '../local-stack/project-root.js'
import { clientDocument, routesOf } from './client-document.js'
import { previewGateway } from './gateway-preview.js'

const file = join(projectRoot(), 'libs/client/src/generated.ts')

/** `npm run client` writes the generated part of libs/client; with `--check` it only says whether it is stale. */
async function main(): Promise<number> {
  const source = await generated()
  if (!process.argv.includes('--check')) {
    await writeFile(file, source)
    return 0
  }
  if ((await readFile(file, 'utf8')) === source) return 0
  process.stderr.write('libs/client/src/generated.ts is stale: run npm run client\n')
  return 1
}

async function generated(): Promise<string> {
  const app = await previewGateway()
  const document = clientDocument(openApiDocument(app, 'https://your-domain.com'), API_PREFIX)
  // A field with a default need not be sent.
  const declarations = await openapiTS(JSON.stringify(document), { defaultNonNullable: false })
  const used = declarations.filter(
    (node) => isInterfaceDeclaration(node) && ['components', 'operations'].includes(node.name.text),
  )
  const source = [
    '// Made by `npm run client` from the schemas that the gateway validates by. Not to be edited.',
    astToString(used),
    `/** How each operation is reached. */\nexport const routes = ${JSON.stringify(routesOf(document))} as const`,
  ].join('\n\n')
  return format(source, { ...(await resolveConfig(file)), parser: 'typescript' })
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
