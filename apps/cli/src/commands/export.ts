import { Command, Option } from 'commander'
import { type Database, notFound } from '#core'
import {
  CleanupService,
  type Export,
  ExportFilesService,
  type ExportState,
  exportStates,
  ExportsService,
} from '#exports'
import { WorkspacesService } from '#tenancy'
import { codename, wholeWithin } from '../arguments.js'
import { nobody } from '../nobody.js'
import { jsonOption, print, table } from '../output.js'
import { withDatabase, withDatabaseAndStore } from '../with-database.js'

interface ListOptions {
  workspace?: string
  state?: ExportState
  limit: number
  json?: true
}

interface OneOptions {
  json?: true
}

export const exportCommand = (): Command =>
  new Command('export')
    .addCommand(
      new Command('list')
        .description('newest first')
        .option('--workspace <codename>', 'only of this workspace', codename)
        .addOption(new Option('--state <state>', 'only in this state').choices(exportStates))
        .addOption(
          new Option('--limit <count>', 'how many at most')
            .argParser(wholeWithin({ min: 1, max: 9999 }))
            .default(50),
        )
        .addOption(jsonOption())
        .action(list),
    )
    .addCommand(one('show', 'all of one but its filter and its recipient').action(show))
    .addCommand(
      one('retry', 'have one that failed done again; a worker finds it within SWEEP_SECONDS').action(retry),
    )
    .addCommand(one('revoke-link', 'end every link to the page of one; nothing is mailed').action(revokeLink))
    .addCommand(one('delete', 'delete the file of one now, and its links with it').action(remove))
    .addCommand(one('cancel', 'end one that waits or runs; nothing is mailed').action(cancel))

function one(name: string, description: string): Command {
  return new Command(name).description(description).argument('<id>', 'exp_…').addOption(jsonOption())
}

const list = ({ workspace, state, limit, json }: ListOptions): Promise<void> =>
  withExports(async (exports, database) => {
    const workspaces = await new WorkspacesService(database).list()
    const asked = workspaces.find((each) => each.codename === workspace)
    if (workspace !== undefined && asked === undefined) throw notFound('workspace', 'The workspace')
    const found = await exports.overview({ workspaceId: asked?.id, state, limit })
    const codenames = new Map(workspaces.map((each) => [each.id, each.codename]))
    const told = found.map((each) => ({ workspace: codenames.get(each.workspaceId) ?? '', ...summary(each) }))
    const head = ['ID', 'WORKSPACE', 'STATE', 'DATASET', 'FORMAT', 'ACCEPTED', 'ROWS', 'REASON']
    const lines = told.map((each) => [
      ...[each.id, each.workspace, each.state, each.dataset, each.format],
      ...[each.acceptedAt.toISOString(), String(each.rows), each.reason ?? ''],
    ])
    print({ json }, told, lines.length === 0 ? 'none' : table(head, lines))
  })

const show = (id: string, options: OneOptions): Promise<void> =>
  withOne(id, (found) => {
    const told = summary(found)
    const lines = Object.entries(told).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : String(value ?? ''),
    ])
    print(options, told, lines.map(([name, value]) => `${name}\t${value}`).join('\n'))
    return Promise.resolve()
  })

const retry = (id: string, options: OneOptions): Promise<void> =>
  withOne(id, async ({ workspaceId }, exports) => {
    const { state } = await exports.retry(workspaceId, id)
    print(options, { id, state }, `${id} is ${state}.`)
  })

const cancel = (id: string, options: OneOptions): Promise<void> =>
  withOne(id, async ({ workspaceId }, exports) => {
    const { state } = await exports.cancel(workspaceId, id)
    print(options, { id, state }, `${id} is ${state}.`)
  })

const revokeLink = (id: string, options: OneOptions): Promise<void> =>
  withFiles(id, async ({ workspaceId }, files) => {
    await files.revokeLink(workspaceId, id)
    print(options, { id, revoked: true }, `The links to ${id} are revoked.`)
  })

const remove = (id: string, options: OneOptions): Promise<void> =>
  withFiles(id, async ({ workspaceId }, files) => {
    const { found, isRemoved } = await files.remove(workspaceId, id)
    const text = isRemoved
      ? `The file of ${id} is deleted.`
      : `The file of ${id} is out of reach. The store did not answer: a worker deletes it as soon as it does.`
    print(options, { id, state: found.state, pending: !isRemoved }, text)
  })

/** What an operator may see of an export: nothing that was asked of whom, nor who gets it. */
const summary = (found: Export) => ({
  id: found.id,
  state: found.state,
  dataset: found.dataset,
  format: found.gzip ? `${found.format}.gz` : found.format,
  acceptedAt: found.acceptedAt,
  startedAt: found.startedAt,
  finishedAt: found.finishedAt,
  expiresAt: found.expiresAt,
  rows: Number(found.rowsDone),
  bytes: found.bytes === null ? null : Number(found.bytes),
  attempts: found.epoch,
  reason: found.reason,
})

/** @throws AppError 404 that names `id` */
const withFiles = (
  id: string,
  work: (found: Export, files: ExportFilesService) => Promise<void>,
): Promise<void> =>
  withDatabaseAndStore(async (database, store) => {
    const exports = new ExportsService(database, nobody)
    const found = await exports.findForLink(id)
    if (found === null) throw notFound('id', 'The export')
    await work(found, new ExportFilesService(database, exports, new CleanupService(database, store)))
  })

const withExports = (work: (exports: ExportsService, database: Database) => Promise<void>): Promise<void> =>
  withDatabase((database) => work(new ExportsService(database, nobody), database))

/** @throws AppError 404 that names `id` */
const withOne = (
  id: string,
  work: (found: Export, exports: ExportsService) => Promise<void>,
): Promise<void> =>
  withExports(async (exports) => {
    const found = await exports.findForLink(id)
    if (found === null) throw notFound('id', 'The export')
    await work(found, exports)
  })
