import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'

describe('one transaction of several calls', () => {
  let context: TestContext
  let a: TestWorkspace
  let b: TestWorkspace
  beforeAll(async () => {
    context = await TestContext.create()
    a = await context.workspace('a')
    b = await context.workspace('b')
  })
  afterAll(() => context.close())

  const remember = (key: string) =>
    context.database.tenant(a.workspace.id, (client) =>
      client.query(`INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', $2)`, [
        a.workspace.id,
        key,
      ]),
    )
  const remembered = async () =>
    (
      await context.database.read<{ key: string }>(a.workspace.id, {
        name: 'keys',
        text: 'SELECT key FROM metadata_keys ORDER BY key',
        values: [],
      })
    ).map(({ key }) => key)

  it('keeps all of it or nothing, and runs what waits for the COMMIT after it', async () => {
    const seen: string[][] = []
    const work = async (fails: boolean) =>
      context.database.together(a.workspace.id, async () => {
        await remember('one')
        await context.database.afterCommit(async () => void seen.push(await remembered()))
        const entities = await context.database.tenantEntities(a.workspace.id, (manager) =>
          manager.query('SELECT key FROM metadata_keys'),
        )
        expect(entities).toEqual([{ key: 'one' }])
        expect(await remembered()).toEqual(['one'])
        if (fails) throw new Error('at the end')
      })
    await expect(work(true)).rejects.toThrow('at the end')
    expect([await remembered(), seen]).toEqual([[], []])
    await work(false)
    expect([await remembered(), seen]).toEqual([['one'], [['one']]])
  })

  it('a read in it leaves no setting to what follows', async () => {
    const mode = await context.database.together(a.workspace.id, async (client) => {
      const query = { name: 'one', text: 'SELECT 1 AS n', values: [], planned: 'once' } as const
      expect(await context.database.read(a.workspace.id, query)).toEqual([{ n: 1 }])
      return (await client.query('SHOW plan_cache_mode')).rows as unknown
    })
    expect(mode).toEqual([{ plan_cache_mode: 'auto' }])
  })

  it('undoes a part', async () => {
    let ran = false
    await context.database.together(a.workspace.id, async () => {
      await remember('two')
      const part = context.database.undoable(async () => {
        await remember('three')
        await context.database.afterCommit(() => Promise.resolve(void (ran = true)))
        throw new Error('undone')
      })
      await expect(part).rejects.toThrow('undone')
    })
    expect([await remembered(), ran]).toEqual([['one', 'two'], false])
  })

  it('undoes a part with all that was kept inside it', async () => {
    await context.database.together(a.workspace.id, async () => {
      const outer = context.database.undoable(async () => {
        await remember('outer')
        await context.database.undoable(() => remember('inner'))
        throw new Error('undone')
      })
      await expect(outer).rejects.toThrow('undone')
    })
    expect(await remembered()).toEqual(['one', 'two'])
  })

  it('is of one workspace', async () => {
    const other = context.database.together(a.workspace.id, () =>
      context.database.tenant(b.workspace.id, () => Promise.resolve()),
    )
    await expect(other).rejects.toThrow('of one workspace')
  })

  it('what outlives it has a transaction of its own', async () => {
    let late: Promise<unknown> = Promise.resolve()
    let go: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (go = resolve))
    await context.database.together(a.workspace.id, () => {
      late = gate.then(() => remember('four'))
      return Promise.resolve()
    })
    go()
    await late
    expect(await remembered()).toContain('four')
  })
})
