import { Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { inSlices } from '#core'
import { IngestService } from '#leads'
import type { Principal } from '#tenancy'
import { NeedsScope } from '../http/access.js'
import { ApiCodename, ApiErrors } from '../http/api-docs.js'
import { Batch, TakesBatch } from '../http/batch.js'
import { BatchesInTurn } from '../http/batches/batches-in-turn.js'
import type { BatchItem } from '../http/batch-items.js'
import { KeepsCompact } from '../http/idempotency/compact-answer.js'
import { Idempotent } from '../http/idempotency/idempotent.js'
import { Caller } from '../http/principal.js'
import { type EventsAnswer, eventsAnswer, MAX_EVENT_BYTES, MAX_EVENTS } from './event.schema.js'
import { compactEvents } from './compact-events.js'
import { eventsAnswerOf, readEvent } from './events.mapper.js'

/** Conversations in. */
@ApiTags('events')
@ApiCodename()
@BatchesInTurn()
@Controller('api/v1/:codename/events')
export class EventsController {
  constructor(@Inject(IngestService) private readonly ingest: IngestService) {}

  @Post()
  @HttpCode(200)
  @Idempotent()
  @KeepsCompact(compactEvents)
  @TakesBatch({ field: 'events', maxItems: MAX_EVENTS, maxBytes: MAX_EVENT_BYTES })
  @NeedsScope('events:write')
  @ApiOperation({
    operationId: 'createEvents',
    summary: 'Take in what happened in conversations: up to 1,000 messages and interactions',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/NewEvents' }, required: true })
  @ApiOkResponse({ description: 'What became of each event', standardSchema: eventsAnswer })
  @ApiErrors(404)
  async create(@Caller() { workspaceId }: Principal, @Batch() items: BatchItem[]): Promise<EventsAnswer> {
    const read = await inSlices(items, readEvent)
    const events = read.flatMap((one) => ('event' in one ? [one.event] : []))
    return eventsAnswerOf(read, await this.ingest.ingest(workspaceId, events))
  }
}
