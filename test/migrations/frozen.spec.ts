import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { QueryRunner } from 'typeorm'
import { migrations } from '../../libs/core/src/database/migrations/index.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'

/** By a migration's name, the sha256 of the SQL that it runs. UPDATE_FROZEN=1 adds those that are new, and changes none. */
const file = join(projectRoot(), 'test/migrations/frozen.json')
const frozen = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>

/** Comments and white space may change: PostgreSQL does not keep them. */
const essence = (sql: string): string => sql.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim()

async function sqlOf(migration: (typeof migrations)[number]): Promise<string> {
  const statements: string[] = []
  const runner = { query: (sql: string) => Promise.resolve(void statements.push(essence(sql))) }
  await new migration().up(runner as unknown as QueryRunner)
  return statements.join(';')
}

describe('migrations', () => {
  it.each(migrations.map((migration) => [migration.name, migration] as const))(
    '%s runs the SQL that it ran when it was released',
    async (name, migration) => {
      const hash = createHash('sha256')
        .update(await sqlOf(migration))
        .digest('hex')
      if (process.env['UPDATE_FROZEN'] === '1' && frozen[name] === undefined) {
        frozen[name] = hash
        writeFileSync(file, `${JSON.stringify(frozen, null, 2)}\n`)
      }
      expect(hash).toBe(frozen[name])
    },
  )

  it('none that was released is missing', () => {
    expect(migrations.map(({ name }) => name)).toEqual(Object.keys(frozen))
  })
})
