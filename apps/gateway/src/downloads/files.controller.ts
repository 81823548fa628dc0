import { Controller, Get, Inject, Logger, Param, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { AppError, CONFIG, type Config, notFound, ObjectMissingError, ObjectStore } from '#core'
import { type ArchiveFile, ArchiveService, downloadName } from '#exports'
import { type ByteRange, byteRange } from './byte-range.js'
import { DownloadPace } from './download-pace.js'
import { DownloadSlots } from './download-slots.js'
import { endStalled, whenOver } from './end-stalled.js'
import { isSignedFile } from './signed-file-path.js'

const parameters = z.object({
  workspaceId: z.string(),
  expires: z.coerce.number(),
  signature: z.string(),
  '*': z.string(),
})

const contentTypes: Record<string, string> = {
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.ndjson': 'application/x-ndjson',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.gz': 'application/gzip',
  '.zip': 'application/zip',
}

/** Streams files through the gateway, for DOWNLOADS=proxy. The signature in the path is the permission. */
@ApiExcludeController()
@Controller('files')
export class FilesController {
  private readonly logger = new Logger(FilesController.name)

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ArchiveService) private readonly archive: ArchiveService,
    @Inject(ObjectStore) private readonly store: ObjectStore,
    @Inject(DownloadSlots) private readonly slots: DownloadSlots,
    @Inject(DownloadPace) private readonly pace: DownloadPace,
  ) {}

  @Get(':workspaceId/:expires/:signature/*')
  async get(
    @Param({ schema: parameters })
    { workspaceId, expires, signature, '*': name }: z.output<typeof parameters>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const signed = { workspaceId, name, expires }
    if (!isSignedFile(this.config.APP_SECRET, signature, signed)) throw notFound('name', 'The file')
    if (expires * 1000 <= Date.now()) throw new AppError('GONE', { message: 'The link has expired' })
    // Before anything is looked up: who has no slot is to cost next to nothing.
    const over = request.method === 'HEAD' ? null : this.takeSlot(workspaceId, signature, reply.raw)
    const file = await this.archive.find(workspaceId, name)
    const range = wantedRange(request, file)
    if (range === 'unsatisfiable') {
      throw new AppError('RANGE_NOT_SATISFIABLE', {}, { 'Content-Range': `bytes */${file.size}` })
    }
    // To HEAD an empty stream, which keeps the Content-Length; an empty body would set it to 0.
    const body = over === null ? Readable.from([]) : await this.open(file, range, over, reply)
    reply.headers(headersOf(file))
    if (range !== null)
      reply.status(206).header('Content-Range', `bytes ${range.first}-${range.last}/${file.size}`)
    reply.header('Content-Length', range === null ? Number(file.size) : range.last - range.first + 1)
    await reply.send(body)
  }

  /**
   * Takes a slot until the answer is over: read to its end, cut off, or left by the client.
   * @returns is aborted then
   * @throws AppError 503 where no slot is free
   */
  private takeSlot(workspaceId: string, link: string, response: ServerResponse): AbortSignal {
    const release = this.slots.take({ workspaceId, link })
    const over = new AbortController()
    whenOver(response, () => {
      release()
      over.abort()
    })
    return over.signal
  }

  /** Opens the object, until the answer is over. */
  private async open(
    file: ArchiveFile,
    range: ByteRange | null,
    over: AbortSignal,
    { raw, request }: FastifyReply,
  ): Promise<Readable> {
    try {
      const bytes = range === null ? undefined : `bytes=${range.first}-${range.last}`
      const body = await this.store.get(file.objectKey, bytes, over)
      over.addEventListener('abort', () => body.destroy(), { once: true })
      endStalled(raw, this.config.DOWNLOAD_STALL_SECONDS, over, () =>
        this.logger.warn({ requestId: request.id }, 'a download was cut off: its reader takes nothing'),
      )
      return this.pace.paced(file.workspaceId, body)
    } catch (error) {
      // It has just expired, or the store has lost it, which a janitor will find.
      if (error instanceof ObjectMissingError) throw notFound('name', 'The file')
      if (!over.aborted)
        this.logger.error({ requestId: request.id, err: error }, 'the storage did not give a file')
      throw new AppError('UNAVAILABLE', { message: 'The storage does not answer' }, { 'Retry-After': '5' })
    }
  }
}

/** `If-Range` with another tag means that the file was replaced since: the whole of it is wanted. */
function wantedRange({ headers }: FastifyRequest, file: ArchiveFile): ByteRange | 'unsatisfiable' | null {
  const unchanged = headers['if-range'] === undefined || headers['if-range'] === tagOf(file)
  return unchanged ? byteRange(headers.range, Number(file.size)) : null
}

const tagOf = ({ sha256 }: ArchiveFile): string => `"${sha256}"`

const headersOf = (file: ArchiveFile) => ({
  'Content-Type': contentTypes[extname(file.name)] ?? 'application/octet-stream',
  'Content-Disposition': `attachment; filename="${downloadName(file.name)}"`,
  'Accept-Ranges': 'bytes',
  ETag: tagOf(file),
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  'Referrer-Policy': 'no-referrer',
})
