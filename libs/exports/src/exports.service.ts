import { Inject, Injectable } from '@nestjs/common'
import {
  AppError,
  Database,
  entityOf,
  invalid,
  notFound,
  type Page,
  sha256Hex,
  type Slice,
  Waker,
} from '#core'
import { AllowedRecipient, type Principal } from '#tenancy'
import { acceptExport, type NewExport } from './accept.sql.js'
import { Export, type ExportOptions } from './export.entity.js'
import { exportById, exportsAfter, newestExports } from './export-reads.sql.js'
import { type ExportState, statesBefore } from './export.states.js'
import type { FormatName } from './formats/format.js'
import { formats } from './formats/registry.js'
import {
  type ColumnChoice,
  columnNames,
  type Dataset,
  type DatasetFilter,
  knownExtraKeys,
} from './leads-port.js'
import { triedAgain } from './retry.sql.js'
import { assertRoom, tooManyWaiting, waitInTurn } from './waiting-room.js'

/** What a caller asks for; names are resolved to ids already. */
export interface ExportRequest {
  dataset: Dataset
  format: FormatName
  gzip: boolean
  filter: DatasetFilter
  /** Only these columns, in this order; absent: all. */
  columns?: string[]
  /** IANA name; absent: the workspace's for spreadsheets, UTC for text formats. */
  timeZone?: string
  csv: ExportOptions['csv']
  /** A mail address; absent: the key's owner. */
  recipient?: string
  /** Whether the same request, while one is in flight, is answered with that one. */
  joinInFlight: boolean
}

/** What an operator looks for. */
export interface OverviewFilter {
  workspaceId?: string
  state?: ExportState
  limit: number
}

/** Accepts exports and tells how they are. */
@Injectable()
export class ExportsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Waker) private readonly waker: Pick<Waker, 'wake'>,
  ) {}

  /**
   * Writes the export and wakes a worker. Once this returns, the export is never lost: a queue that is
   * down changes nothing.
   *
   * @throws AppError 400 that names `columns` or `gzip`, 403 for a recipient who is not on the
   * allow-list, 429 when the workspace has too many waiting
   */
  async accept(principal: Principal, request: ExportRequest): Promise<Export> {
    const { workspaceId } = principal
    if (request.gzip && !formats[request.format].compressible) {
      throw invalid('gzip', `A ${request.format} file is compressed already`, true)
    }
    const recipient = await this.recipientOf(principal, request.recipient)
    const columns = await this.fixColumns(workspaceId, request)
    const timeZone = request.timeZone ?? (request.format === 'xlsx' ? principal.timeZone : 'UTC')
    const { dataset, format, gzip, filter, csv } = request
    const asked: NewExport = {
      workspaceId,
      apiKeyId: principal.keyId,
      dataset,
      format,
      gzip,
      filter,
      options: { columns, timeZone, csv },
      requestHash: sha256Hex(
        JSON.stringify([dataset, format, gzip, filter, request.columns, timeZone, csv, recipient]),
      ),
      recipientName: recipient.name,
      recipientEmail: recipient.email,
      locale: principal.locale,
    }
    const [row] = await this.database.write(workspaceId, acceptExport(asked, request.joinInFlight))
    if (row === undefined)
      throw await this.database.tenantEntities(workspaceId, (entities) =>
        tooManyWaiting(entities, workspaceId),
      )
    const accepted = entityOf(Export, row)
    await this.database.afterCommit(() => this.waker.wake('exports', { id: accepted.id }))
    return accepted
  }

  /** @throws AppError 404 that names `id` */
  async get(workspaceId: string, id: string): Promise<Export> {
    const [row] = await this.database.read(workspaceId, {
      ...exportById,
      values: [id],
      planned: 'once',
    })
    if (row === undefined) throw notFound('id', 'The export')
    return entityOf(Export, row)
  }

  /** Of whatever workspace: for a mailed link, whose token the caller checks. */
  findForLink(id: string): Promise<Export | null> {
    return this.database.systemEntities.findOneBy(Export, { id })
  }

  /** Of all workspaces, or of one, newest first: for operators. */
  overview({ workspaceId, state, limit }: OverviewFilter): Promise<Export[]> {
    const where = {
      ...(workspaceId === undefined ? {} : { workspaceId }),
      ...(state === undefined ? {} : { state }),
    }
    const order = { acceptedAt: 'DESC', id: 'DESC' } as const
    return this.database.systemEntities.find(Export, { where, order, take: limit })
  }

  /** Newest first. One row more than asked for is read, to know whether there is a next page. Index: exports_newest. */
  async list(workspaceId: string, { limit, offset, after }: Slice): Promise<Page<Export>> {
    const rows = await this.database.read<{ id: string; position: string }>(workspaceId, {
      ...(after === undefined ? newestExports : exportsAfter),
      values: [limit + 1, offset, ...(after ?? [])],
      planned: 'once',
    })
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const next = last === undefined ? null : [last.position, last.id]
    return { rows: rows.slice(0, limit).map((row) => entityOf(Export, row)), next }
  }

  /**
   * Puts an export that has failed back into the queue, for what it was accepted for: rows that came in since are not in
   * the file. It ends once more, and tells so by a mail of its own.
   *
   * @throws AppError 404 that names `id`, 409 for an export that has not failed, 429 when too many are waiting
   */
  async retry(workspaceId: string, id: string): Promise<Export> {
    const retried = await this.database.tenantEntities(workspaceId, async (entities) => {
      await waitInTurn(entities, workspaceId)
      const failed = await entities.findOneBy(Export, { id })
      if (failed === null) throw notFound('id', 'The export')
      if (failed.state !== 'failed') throw conflict(failed, 'tried again')
      await assertRoom(entities, workspaceId)
      await entities.query(retryExport, [id])
      return entities.findOneByOrFail(Export, { id })
    })
    await this.database.afterCommit(() => this.waker.wake('exports', { id }))
    return retried
  }

  /**
   * Ends an export that waits or runs; its worker notices within a second and removes what it uploaded.
   *
   * @throws AppError 404 that names `id`, 409 for an export that has ended
   */
  async cancel(workspaceId: string, id: string): Promise<Export> {
    const moved = await this.database.tenantEntities(workspaceId, (entities) =>
      entities
        .createQueryBuilder()
        .update(Export)
        .set({ state: 'cancelled', finishedAt: () => 'clock_timestamp()', leaseUntil: null })
        .where('id = :id AND state IN (:...states)', { id, states: statesBefore('cancelled') })
        .execute(),
    )
    const export_ = await this.get(workspaceId, id)
    if (moved.affected === 0 && export_.state !== 'cancelled') throw conflict(export_, 'cancelled')
    return export_
  }

  /** The key's owner, or an address of the workspace's allow-list. */
  private async recipientOf(
    { workspaceId, ownerName, ownerEmail }: Principal,
    email: string | undefined,
  ): Promise<{ name: string; email: string }> {
    if (email === undefined || email.toLowerCase() === ownerEmail.toLowerCase())
      return { name: ownerName, email: ownerEmail }
    const allowed = await this.database.tenantEntities(workspaceId, (entities) =>
      entities.existsBy(AllowedRecipient, { emailLower: email.toLowerCase() }),
    )
    if (allowed) return { name: email, email }
    throw new AppError('RECIPIENT_NOT_ALLOWED', {
      field: 'recipient',
      value: email,
      message: "Must be the key owner's address or one on the workspace's allow-list",
    })
  }

  private async fixColumns(workspaceId: string, { dataset, columns }: ExportRequest): Promise<ColumnChoice> {
    const read = (text: string, values: string[]) =>
      this.database.read(workspaceId, { name: 'extra-keys', text, values })
    const choice = await knownExtraKeys({ query: read }, dataset)
    if (columns === undefined) return choice
    const known = new Set(columnNames(dataset, choice))
    const unknown = columns.find((name) => !known.has(name))
    if (unknown !== undefined)
      throw invalid('columns', `There is no column of that name in ${dataset}`, unknown)
    return { ...choice, only: columns }
  }
}

const conflict = ({ state }: Export, change: string): AppError =>
  new AppError('CONFLICT', { field: 'id', message: `The export is ${state}: it can't be ${change}` })

/** $1 id. */
const retryExport = `UPDATE exports SET ${triedAgain} WHERE id = $1 AND state = 'failed'`
