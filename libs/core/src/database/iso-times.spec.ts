import pg from 'pg'
import { superuserUrl } from '../../../../test/support/test-database.js'
import { inMilliseconds, isoTimes } from './iso-times.js'

describe('times as text', () => {
  let client: pg.Client
  beforeAll(async () => {
    client = new pg.Client({ connectionString: superuserUrl(), types: isoTimes })
    await client.connect()
  })
  afterAll(() => client.end())

  const read = async (time: string) =>
    (await client.query<{ at: string }>('SELECT $1::timestamptz AS at', [time])).rows[0]?.at

  describe.each(['UTC', 'America/Lima', 'Asia/Kolkata', 'Australia/Lord_Howe', '-03:30'])(
    'session in %s',
    (zone) => {
      beforeAll(() => client.query(`SELECT set_config('TimeZone', $1, false)`, [zone]))

      it.each([
        ['2024-01-15T10:30:00Z', '2024-01-15T10:30:00.000000Z'],
        ['2024-01-15T10:30:00.1Z', '2024-01-15T10:30:00.100000Z'],
        ['2024-01-15T23:59:59.999999Z', '2024-01-15T23:59:59.999999Z'],
        ['2024-02-29T00:00:00.000001+05:45', '2024-02-28T18:15:00.000001Z'],
        ['1900-01-01T00:00:00Z', '1900-01-01T00:00:00.000000Z'],
        ['9999-12-31T11:00:00.5Z', '9999-12-31T11:00:00.500000Z'],
      ])('%s is %s', async (time, iso) => {
        expect(await read(time)).toBe(iso)
      })
    },
  )

  it('tells milliseconds by cutting, as JavaScript does', () => {
    expect(inMilliseconds('2024-01-15T10:30:00.129999Z')).toBe('2024-01-15T10:30:00.129Z')
  })

  it('leaves every other type as it was', async () => {
    const { rows } = await client.query(
      `SELECT 1::int AS a, '{"b":1}'::jsonb AS b, ARRAY['x'] AS c, 2::bigint AS d`,
    )
    expect(rows).toEqual([{ a: 1, b: { b: 1 }, c: ['x'], d: '2' }])
  })
})
