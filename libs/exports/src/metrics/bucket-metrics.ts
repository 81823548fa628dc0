import { Inject, Injectable } from '@nestjs/common'
import { Database, type Gauge, Metrics } from '#core'
import type { AuditFindings } from '../audit/audit-findings.js'
import { countMissingFiles } from '../audit/audit.sql.js'

const kinds = ['sound', 'expected', 'young', 'lost', 'foreign'] as const

/** What a scraper learns of bucket and index. */
@Injectable()
export class BucketMetrics {
  private readonly objects: Gauge<'kind'>
  private readonly uploads: Gauge

  constructor(@Inject(Metrics) metrics: Metrics, @Inject(Database) database: Database) {
    this.objects = metrics.gauge({
      name: 'leadferry_bucket_objects',
      help: 'Objects in the bucket when this worker last compared it with the index: sound (of the index), expected (being made or removed), young (unknown for less than a day), lost (unknown, to be removed), foreign (not ours)',
      labelNames: ['kind'],
    })
    this.uploads = metrics.gauge({
      name: 'leadferry_bucket_lost_uploads',
      help: 'Multipart uploads that were aborted when this worker last compared bucket and index, because nobody worked at them',
    })
    metrics.gauge({
      name: 'leadferry_index_missing_files',
      help: 'Files of the archive index that the store has not, or not as they were, as far as is known',
      async collect() {
        const { rows } = await database.system
          .query<{ n: number }>(countMissingFiles)
          .catch(() => ({ rows: [] }))
        this.remove()
        for (const { n } of rows) this.set(n)
      },
    })
  }

  observe(findings: AuditFindings): void {
    for (const kind of kinds) this.objects.set({ kind }, findings[kind])
    this.uploads.set(findings.uploads)
  }
}
