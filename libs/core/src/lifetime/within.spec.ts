import { closed } from './within.js'

const never = () => new Promise<never>(() => undefined)

describe('closed', () => {
  const said: string[] = []
  const logger = { warn: (_: object, message: string) => void said.push(message) }
  beforeEach(() => said.splice(0))

  it('waits for every part, also behind one that fails', async () => {
    let isOver = false
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 50)).then(() => void (isOver = true))
    await closed(10_000, [Promise.reject(new Error('no collector')), slow], logger)
    expect(isOver).toBe(true)
    expect(said).toEqual(['a part could not be closed'])
  })

  it('does not wait for ever', async () => {
    await closed(10, [never(), Promise.resolve()], logger)
    expect(said).toEqual(['a part did not close its connections in time'])
  })
})
