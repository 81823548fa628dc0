import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { AppError } from '#core'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RequestBounds, RequestTurns } from './requests-in-turn.js'

const turnsOf = (bounds: Partial<RequestBounds>, hasOthers = false) =>
  new RequestTurns(
    { alone: 2, besideOthers: 1, briefMs: 60_000, waiting: 10, ...bounds },
    { hasOthers: () => hasOthers },
  )
const settled = () => new Promise(setImmediate)

/** An answer that ends, or whose client leaves, when it is told to. */
function answer() {
  const response = Object.assign(new EventEmitter(), { closed: false })
  const close = () => {
    response.closed = true
    response.emit('close')
  }
  return { response: response as unknown as ServerResponse, close }
}

/** Sends a request of a workspace, and says whether it has begun and how. */
function send(turns: RequestTurns, workspaceId: string) {
  const { response, close } = answer()
  const state: { began: boolean; refusal: Error | undefined } = { began: false, refusal: undefined }
  turns.begin(workspaceId, response, (refusal) => {
    state.began = refusal === undefined
    state.refusal = refusal
  })
  return { state, close }
}

describe('RequestTurns', () => {
  it('begins as many requests of a workspace as it works on at a time, and the rest in their order', async () => {
    const turns = turnsOf({})
    const sent = [1, 2, 3, 4].map(() => send(turns, 'a'))
    expect(sent.map(({ state }) => state.began)).toEqual([true, true, false, false])
    sent[1]!.close()
    await settled()
    expect(sent.map(({ state }) => state.began)).toEqual([true, true, true, false])
  })

  it('lets no workspace wait for another', () => {
    const turns = turnsOf({ alone: 1 })
    send(turns, 'a')
    expect(send(turns, 'a').state.began).toBe(false)
    expect(send(turns, 'b').state.began).toBe(true)
  })

  it('begins fewer of a workspace at a time while another one is active', async () => {
    const turns = turnsOf({}, true)
    const first = send(turns, 'a')
    const [second, third] = [send(turns, 'a'), send(turns, 'a')]
    expect([second.state.began, third.state.began]).toEqual([false, false])
    first.close()
    await settled()
    expect([second.state.began, third.state.began]).toEqual([true, false])
  })

  it('does not count a request that waits for something else, and begins the next one when it has waited for long', async () => {
    const turns = turnsOf({ briefMs: 1 }, true)
    const [slow, next] = [send(turns, 'a'), send(turns, 'a')]
    expect([slow.state.began, next.state.began]).toEqual([true, false])
    while (!next.state.began) await sleep(1)
    expect(send(turns, 'a').state.began).toBe(false)
  })

  it('passes over a client that left while it waited', async () => {
    const turns = turnsOf({ alone: 1 })
    const [first, second, third] = [send(turns, 'a'), send(turns, 'a'), send(turns, 'a')]
    second.close()
    first.close()
    await settled()
    expect([second.state.began, third.state.began]).toEqual([false, true])
  })

  it('refuses with 429 when as many wait as may, and takes requests again later', async () => {
    const turns = turnsOf({ alone: 1, waiting: 1 })
    const first = send(turns, 'a')
    const waiting = send(turns, 'a')
    const { refusal } = send(turns, 'a').state
    expect(refusal).toBeInstanceOf(AppError)
    expect(refusal).toMatchObject({ code: 'TOO_MANY_REQUESTS', details: { reason: 'workspace_busy' } })
    first.close()
    await settled()
    expect(waiting.state.began).toBe(true)
    expect(send(turns, 'a').state).toEqual({ began: false, refusal: undefined })
  })
})
