import type { MigrationInterface, QueryRunner } from 'typeorm'
import { acceptExport } from './accept-export.js'

/** The trace that an export was asked for in, so that whoever renders and mails it goes on with it. */
export class Traces1767225600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- W3C Trace Context; NULL where nobody traced the request.
      ALTER TABLE exports ADD COLUMN traceparent text;
      ${acceptExport(['traceparent'])}`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${acceptExport([])}
      ALTER TABLE exports DROP COLUMN traceparent`)
  }
}
