import fc from 'fast-check'
import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'

describe('a read in one round trip', () => {
  let context: TestContext
  let a: TestWorkspace
  beforeAll(async () => {
    context = await TestContext.create('postgres', { DATABASE_POOL: '1' })
    a = await context.workspace('a')
  })
  afterAll(() => context.close())

  const echo = (...values: (string | number | null | string[])[]) =>
    context.database.read<{ t: string | null; n: number | null; l: string[] | null }>(a.workspace.id, {
      name: 'echo',
      text: 'SELECT $1::text AS t, $2::int AS n, $3::text[] AS l',
      values,
    })

  it('gives every value back as it was sent', async () => {
    // NUL and lone surrogates are no text of PostgreSQL's; requests that have them end before they come here.
    const text = fc.string({ unit: 'binary' }).filter((t) => !t.includes('\0'))
    const sample = fc.record({
      t: fc.option(text),
      n: fc.option(fc.integer()),
      l: fc.option(fc.array(text, { maxLength: 4 })),
    })
    await fc.assert(
      fc.asyncProperty(sample, async ({ t, n, l }) => {
        expect(await echo(t, n, l)).toEqual([{ t, n, l }])
      }),
    )
  })

  it.each([`'); DROP TABLE leads; --`, String.raw`\'`, String.raw`\\' || 1`, `"`, '$1', "E'"])(
    '%p is text and no SQL',
    async (text) => {
      expect(await echo(text, 1, [text, text])).toEqual([{ t: text, n: 1, l: [text, text] }])
    },
  )

  it('leaves no workspace behind on its connection', async () => {
    await echo('x', 1, null)
    const client = await context.database.beginTenant(a.workspace.id)
    await client.query('COMMIT')
    const { rows } = await client.query(`SELECT current_setting('app.workspace', true) AS workspace`)
    client.release()
    expect(rows).toEqual([{ workspace: '' }])
  })

  it('a refused read leaves its connection good', async () => {
    const bad = { name: 'division', text: 'SELECT 1 / $1::int AS n', values: [0] }
    await expect(context.database.read(a.workspace.id, bad)).rejects.toMatchObject({ code: '22012' })
    await expect(context.database.read(a.workspace.id, { ...bad, values: [1] })).resolves.toEqual([{ n: 1 }])
  })

  it('prepares a statement once for reads that come at once on one connection', async () => {
    const one = { name: 'one', text: 'SELECT $1::int AS n', values: [1] }
    const read = () => context.database.read(a.workspace.id, one)
    await context.database.together(a.workspace.id, async () => {
      expect(await Promise.all([read(), read(), read()])).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 1 }]])
    })
  })

  it('a statement that can not be prepared leaves its connection good, and is tried anew', async () => {
    const late = { name: 'late', text: 'SELECT n FROM late', values: [] }
    const read = () => context.database.read(a.workspace.id, late)
    await expect(read()).rejects.toMatchObject({ code: '42P01' })
    await context.database.tenant(a.workspace.id, (client) =>
      client.query('CREATE TEMP TABLE late AS SELECT 7 AS n'),
    )
    await expect(read()).resolves.toEqual([{ n: 7 }])
  })

  it('a value that its column has no form for is refused, and the next read is answered', async () => {
    await expect(echo('x', NaN, null)).rejects.toMatchObject({ code: '22P02' })
    expect(await echo('x', 1, null)).toEqual([{ t: 'x', n: 1, l: null }])
  })

  it('refuses one name for two texts, and a name that is none', async () => {
    await echo('x', 1, null)
    const read = (name: string) =>
      context.database.read(a.workspace.id, { name, text: 'SELECT 2', values: [] })
    await expect(read('echo')).rejects.toThrow('stands for two queries')
    await expect(read('e"; DROP TABLE leads')).rejects.toThrow('is no name')
  })
})
