import { getEventListeners } from 'node:events'
import { withJoinedSignal } from './joined-signal.js'

describe('withJoinedSignal', () => {
  const listenersOf = (signal: AbortSignal) => getEventListeners(signal, 'abort').length

  it.each([0, 1])('aborts its signal with source %i, for the same reason', async (source) => {
    const sources = [new AbortController(), new AbortController()]
    const reason = new Error('enough')
    const joined = await withJoinedSignal(
      sources.map(({ signal }) => signal),
      (signal) => {
        sources[source]!.abort(reason)
        return Promise.resolve(signal)
      },
    )
    expect([joined.aborted, joined.reason]).toEqual([true, reason])
  })

  it('begins with a signal that is aborted when a source is', async () => {
    const reason = new Error('too late')
    const sources = [new AbortController().signal, AbortSignal.abort(reason)]
    const seen = await withJoinedSignal(sources, (signal) => Promise.resolve(signal.reason as Error))
    expect(seen).toBe(reason)
  })

  it.each(['resolves', 'rejects'])('leaves no listener on a source when the work %s', async (how) => {
    const source = new AbortController()
    let during = 0
    const work = withJoinedSignal([source.signal], () => {
      during = listenersOf(source.signal)
      return how === 'resolves' ? Promise.resolve() : Promise.reject(new Error('the work failed'))
    })
    await work.catch(() => undefined)
    expect([during, listenersOf(source.signal)]).toEqual([1, 0])
  })
})
