import { Command, Option } from 'commander'
import { invalid, notFound } from '#core'
import {
  type AlsoEnds,
  CleanupService,
  type EndedExports,
  ExportFilesService,
  ExportsService,
  KeyRevocationService,
} from '#exports'
import { type ApiKey, keyFields, KeysService, type NewKey, scopes } from '#tenancy'
import { listBy, textBy, timeBy } from '../arguments.js'
import { nobody } from '../nobody.js'
import { jsonOption, print } from '../output.js'
import { withDatabaseAndStore, withWorkspace, workspaceOf } from '../with-database.js'

interface CreateOptions extends NewKey {
  workspace: string
  json?: true
}

interface ListOptions {
  workspace: string
  json?: true
}

interface RevokeOptions {
  workspace: string
  id: string
  revokeLinks?: true
  deleteFiles?: true
  json?: true
}

export const keyCommand = (): Command =>
  new Command('key')
    .addCommand(
      new Command('create')
        .description('make a key; it is shown this once')
        .requiredOption('--workspace <codename>', 'whose key')
        .requiredOption('--owner-name <name>', 'who uses it', textBy(keyFields.ownerName))
        .requiredOption(
          '--owner-email <address>',
          'where exports are mailed to',
          textBy(keyFields.ownerEmail),
        )
        .addOption(new Option('--kind <kind>').choices(keyFields.kind.options).default('api_key'))
        .option(
          '--scopes <list>',
          `of an API key, comma-separated: ${scopes.join(', ')} (default: all)`,
          listBy(keyFields.scopes),
        )
        .option(
          '--expires-at <time>',
          'ISO-8601 with an offset (default: never)',
          timeBy(keyFields.expiresAt),
        )
        .addOption(jsonOption())
        .action(create),
    )
    .addCommand(
      new Command('list')
        .description('keys with their last use; no tokens, which are not kept')
        .requiredOption('--workspace <codename>', 'whose keys')
        .addOption(jsonOption())
        .action(list),
    )
    .addCommand(
      new Command('revoke')
        .description('end a key at once')
        .requiredOption('--workspace <codename>', 'whose key')
        .requiredOption('--id <id>', 'key_…')
        .option('--revoke-links', 'and the links to files that it asked for; cancel what is not done')
        .option('--delete-files', 'and the files that it asked for; cancel what is not done')
        .addOption(jsonOption())
        .action(revoke),
    )

const create = async ({ workspace: codename, json, ...key }: CreateOptions): Promise<void> => {
  if (key.kind === 'app_token' && key.scopes)
    throw invalid('scopes', 'An app token reads archives and nothing else')
  await withWorkspace(codename, async (database, workspace) => {
    const issued = await new KeysService(database).issue(workspace.id, key)
    print({ json }, issued, `${issued.id}\t${issued.token}`)
  })
}

const list = ({ workspace: codename, json }: ListOptions): Promise<void> =>
  withWorkspace(codename, async (database, workspace) => {
    const keys = (await new KeysService(database).list(workspace.id)).map(({ hash: _, ...key }) => key)
    print({ json }, keys, keys.map(line).join('\n'))
  })

const line = ({ id, prefix, ownerEmail, lastUsedAt, ...key }: Omit<ApiKey, 'hash'>): string =>
  [id, `${prefix}…`, stateOf(key), `used ${lastUsedAt?.toISOString() ?? 'never'}`, ownerEmail].join('\t')

function stateOf({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>): string {
  if (revokedAt !== null) return `revoked ${revokedAt.toISOString()}`
  return expiresAt === null ? 'valid' : `until ${expiresAt.toISOString()}`
}

/** The key alone needs no store. */
const revoke = ({ revokeLinks, deleteFiles, ...options }: RevokeOptions): Promise<void> =>
  revokeLinks || deleteFiles
    ? revokeWithFiles({ revokeLinks: revokeLinks === true, deleteFiles: deleteFiles === true }, options)
    : revokeAlone(options)

const revokeAlone = ({ workspace: codename, id, json }: RevokeOptions): Promise<void> =>
  withWorkspace(codename, async (database, workspace) => {
    if (!(await new KeysService(database).revoke(workspace.id, id)))
      throw notFound('id', 'A valid key of this id')
    print({ json }, { id, revoked: true }, `${id} is revoked.`)
  })

const revokeWithFiles = (also: AlsoEnds, { workspace: codename, id, json }: RevokeOptions): Promise<void> =>
  withDatabaseAndStore(async (database, store) => {
    const workspace = await workspaceOf(codename, database)
    const cleanup = new CleanupService(database, store)
    const files = new ExportFilesService(database, new ExportsService(database, nobody), cleanup)
    const revocation = new KeyRevocationService(new KeysService(database), files)
    const ended = await revocation.revoke(workspace.id, id, also)
    if (ended === null) throw notFound('id', 'The key')
    print({ json }, { id, revoked: true, ...ended }, toldOf(id, also, ended))
  })

function toldOf(id: string, { deleteFiles }: AlsoEnds, { cancelled, files, pending }: EndedExports): string {
  const lines = [
    `${id} is revoked.`,
    `Exports cancelled: ${cancelled}`,
    `${deleteFiles ? 'Files deleted' : 'Links revoked'}: ${files}`,
  ]
  if (pending > 0) lines.push(`Of them still in the store, for a worker to delete: ${pending}`)
  return lines.join('\n')
}
