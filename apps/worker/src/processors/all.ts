import type { WorkerHost } from '@nestjs/bullmq'
import type { Type } from '@nestjs/common'
import type { Config, QueueName } from '#core'
import type { Drainable } from '../drainable.js'
import { ArchiveProcessor } from './archive.processor.js'
import { ExportProcessor } from './export.processor.js'
import { MailProcessor } from './mail.processor.js'

/** One per queue of the catalog. */
const processors: Record<QueueName, Type<WorkerHost & Drainable>> = {
  exports: ExportProcessor,
  mail: MailProcessor,
  archive: ArchiveProcessor,
}

/** Those of the queues that a worker serves. */
export const processorsOf = ({ WORKER_QUEUES }: Pick<Config, 'WORKER_QUEUES'>) =>
  WORKER_QUEUES.map((name) => processors[name])
