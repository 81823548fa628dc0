import { Inject, Injectable } from '@nestjs/common'
import { BucketAudit } from '#exports'
import type { Janitor } from './janitor.js'

/** Finds objects that nobody knows of, and files whose objects are gone. */
@Injectable()
export class CompareBucketAndIndexJanitor implements Janitor {
  readonly name = 'compare-bucket-and-index'
  readonly pace = 'daily'

  constructor(@Inject(BucketAudit) private readonly audit: BucketAudit) {}

  async run(signal: AbortSignal): Promise<number> {
    const { lost, missing, found, uploads } = await this.audit.run(signal)
    return lost + missing + found + uploads
  }
}
