import { TestContext } from '../../../../test/support/context.js'
import { Snapshot } from './snapshot.js'

describe('a snapshot that is cut', () => {
  let context: TestContext
  let workspaceId: string

  beforeAll(async () => {
    context = await TestContext.create()
    workspaceId = (await context.workspace('demo')).workspace.id
  })
  afterAll(() => context.close())

  it.each(['between two reads', 'while rows come'])(
    '%s ends what is read, and nothing else',
    async (when) => {
      const work = new AbortController()
      const snapshot = await Snapshot.take(context.database, workspaceId, {
        signal: work.signal,
        maxSeconds: 60,
      })
      const rows = snapshot.copy('SELECT generate_series(1, 10000000)')
      if (when === 'while rows come') await rows.next()
      work.abort()
      await expect(rows.next().then(() => rows.next())).rejects.toThrow()
      snapshot.release()
      await context.database.check()
    },
  )
})
