import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '#core'
import { IngestService } from '#leads'
import { inPieces, type Janitor } from './janitor.js'

/** Forgets the ids of events that came in so long ago that nobody sends them again. */
@Injectable()
export class ForgetEventIdsJanitor implements Janitor {
  readonly name = 'forget-event-ids'
  readonly pace = 'hourly'

  constructor(
    @Inject(IngestService) private readonly ingest: IngestService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  run(signal: AbortSignal): Promise<number> {
    return inPieces(signal, () => this.ingest.forgetIds(this.config.EVENT_ID_DAYS))
  }
}
