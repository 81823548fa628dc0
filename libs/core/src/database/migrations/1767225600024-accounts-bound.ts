import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Bounds how many accounts events may make in a workspace: each costs up to four files a day. */
export class AccountsBound1767225600024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workspaces ADD COLUMN max_accounts int NOT NULL DEFAULT 10000 CHECK (max_accounts > 0)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workspaces DROP COLUMN max_accounts')
  }
}
