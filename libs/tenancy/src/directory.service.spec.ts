import { TestContext, type TestWorkspace } from '../../../test/support/context.js'
import { DirectoryService } from './directory.service.js'

describe('DirectoryService', () => {
  let context: TestContext
  let demo: TestWorkspace
  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
  }, 60_000)
  afterAll(() => context.close())

  it('answers who holds a connection, though who asked before waits for one', async () => {
    const directory = new DirectoryService(context.database)
    const find = () => directory.chatbotById(demo.workspace.id, demo.chatbot.id)
    let ask!: () => void
    const asked = new Promise<void>((resolve) => (ask = resolve))
    let holders = 0
    const transactions = Array.from({ length: context.config.DATABASE_POOL }, () =>
      context.database.together(demo.workspace.id, async () => {
        if (++holders === context.config.DATABASE_POOL) ask()
        await asked
        return find()
      }),
    )
    await asked
    const found = await Promise.all([find(), ...transactions])
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set([demo.chatbot.id]))
  }, 30_000)
})
