import { join } from 'node:path'
import { BUCKET, S3_ACCESS_KEY_ID } from '../../tools/local-stack/environment.js'
import { startMailbox } from '../../tools/local-stack/mailbox/server.js'
import { startS3Server } from '../../tools/local-stack/s3/server.js'

/** The S3 server and the mailbox, in a process of their own so that the worker is measured alone. */
const [filesDir = ''] = process.argv.slice(2)
const port = (name: string) => Number(process.env[name])
await startS3Server({
  dataDir: join(filesDir, 's3'),
  port: port('S3_PORT'),
  accessKeyId: S3_ACCESS_KEY_ID,
  secretAccessKey: process.env['S3_SECRET_ACCESS_KEY'] ?? '',
  buckets: [BUCKET],
  // The store stands for one elsewhere: what it does for its ETags alone is not ours to pay for.
  etags: 'random',
})
await startMailbox({
  dataDir: join(filesDir, 'mailbox'),
  smtpPort: port('SMTP_PORT'),
  httpPort: port('MAIL_PORT'),
})
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
