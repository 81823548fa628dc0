import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { TestContext } from '../../../../test/support/context.js'
import { until } from '../../../../test/support/until.js'
import { CopyOut } from './copy-out.js'

const copyOf = (sql: string) => `COPY (${sql}) TO STDOUT (FORMAT binary)`

async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const kept: Buffer[] = []
  for await (const chunk of chunks) kept.push(Buffer.from(chunk))
  return Buffer.concat(kept)
}

/** Makes the socket deliver at most so many bytes with each read. */
function cutInPieces(client: pg.Client, bytes: number): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  const read = stream.read.bind(stream) as (size?: number) => unknown
  stream.read = (size?: number) => read(size ?? (Math.min(bytes, stream.readableLength) || undefined))
}

describe('CopyOut, from PostgreSQL', () => {
  let context: TestContext
  let client: pg.Client

  beforeAll(async () => {
    context = await TestContext.create()
  })
  beforeEach(async () => {
    client = new pg.Client({ connectionString: context.config.DATABASE_URL })
    client.on('error', () => {})
    await client.connect()
    await client.query(`CREATE FUNCTION pg_temp.noisy(i int) RETURNS int LANGUAGE plpgsql AS
      $$BEGIN IF i % 7 = 0 THEN RAISE NOTICE 'row %', i; END IF; RETURN 1 / (500 - i) * 0 + i; END$$`)
  })
  afterEach(() => client.end())
  afterAll(() => context.close())

  const rows = `SELECT i, repeat('x', i % 50), CASE WHEN i % 3 = 0 THEN i END FROM generate_series(1, 400) AS i`

  it.each([1, 2, 3, 4, 5, 6, 7, 11, 64, 1000, 65536])(
    'returns the same bytes as pg-copy-streams when the socket delivers %i bytes at a time',
    async (size) => {
      const expected = await buffer(client.query(to(copyOf(rows))))
      cutInPieces(client, size)
      expect((await bytesOf(CopyOut.on(client, copyOf(rows)))).equals(expected)).toBe(true)
      // pg continues to read where the rows ended.
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    },
  )

  it('reads a row that is larger than any chunk, and a result without rows', async () => {
    for (const sql of [
      `SELECT repeat('large', 1000000) AS a, 1 AS b UNION ALL SELECT 'small', 2`,
      'SELECT 1 LIMIT 0',
    ]) {
      const expected = await buffer(client.query(to(copyOf(sql))))
      expect((await bytesOf(CopyOut.on(client, copyOf(sql)))).equals(expected)).toBe(true)
    }
  })

  it.each([3, 65536])(
    'passes the notices between rows to pg when the socket delivers %i bytes at a time',
    async (size) => {
      const notices: (string | undefined)[] = []
      client.on('notice', ({ message }) => notices.push(message))
      cutInPieces(client, size)
      await bytesOf(CopyOut.on(client, copyOf('SELECT pg_temp.noisy(i) FROM generate_series(1, 21) AS i')))
      expect(notices).toEqual(['row 7', 'row 14', 'row 21'])
    },
  )

  it.each([1, 6, 65536])(
    'throws an error between rows and keeps the connection usable at %i bytes at a time',
    async (size) => {
      cutInPieces(client, size)
      const copied = bytesOf(
        CopyOut.on(client, copyOf('SELECT pg_temp.noisy(i) FROM generate_series(1, 600) AS i')),
      )
      await expect(copied).rejects.toMatchObject({ code: '22012' })
      expect((await client.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
      expect((await bytesOf(CopyOut.on(client, copyOf('SELECT 3')))).length).toBeGreaterThan(0)
    },
  )

  it('throws the error of a wrong statement, and reads two statements that were queued together', async () => {
    await expect(bytesOf(CopyOut.on(client, 'COPY nothing TO STDOUT'))).rejects.toMatchObject({
      code: '42P01',
    })
    const [first, second] = await Promise.all([
      bytesOf(CopyOut.on(client, copyOf('SELECT 1'))),
      bytesOf(CopyOut.on(client, copyOf('SELECT 1'))),
    ])
    expect(first.equals(second)).toBe(true)
  })

  it('throws when the server terminates the connection between rows', async () => {
    const { rows: found } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const chunks = CopyOut.on(client, copyOf('SELECT i FROM generate_series(1, 10000000) AS i'))
    await chunks.next()
    await context.testDatabase.superuser.query('SELECT pg_terminate_backend($1)', [found[0]!.pid])
    await expect(bytesOf(chunks)).rejects.toThrow(/terminat/)
  })

  it('frees the memory of a chunk when the next one is requested', async () => {
    const chunks: Buffer[] = []
    for await (const chunk of CopyOut.on(client, copyOf('SELECT i FROM generate_series(1, 100000) AS i'))) {
      expect(chunk.length).toBeGreaterThan(0)
      chunks.push(chunk)
    }
    // pg has a part of the first one and of the last one.
    const between = chunks.slice(1, -1)
    expect(between.length).toBeGreaterThan(10)
    expect(between.filter(({ length }) => length > 0)).toEqual([])
  })

  it('stops the server from sending while the consumer requests no rows', async () => {
    const chunks = CopyOut.on(client, copyOf(`SELECT repeat('x', 1000) FROM generate_series(1, 100000)`))
    await chunks.next()
    await until('a server that waits for its reader', async () => {
      const { rows: found } = await context.testDatabase.superuser.query(
        `SELECT FROM pg_stat_activity WHERE wait_event = 'ClientWrite' AND query LIKE 'COPY (SELECT repeat%'`,
      )
      return found.length === 1
    })
    expect((await bytesOf(chunks)).length).toBeGreaterThan(100_000_000)
  })
})
