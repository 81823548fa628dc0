import { AppError, Metrics } from '#core'
import { DownloadSlots } from './download-slots.js'

const slotsOf = (DOWNLOAD_SLOTS: number) => new DownloadSlots({ DOWNLOAD_SLOTS }, new Metrics())
const taker = (slots: DownloadSlots) => (workspaceId: string, link: string) =>
  slots.take({ workspaceId, link })

function reasonOf(take: () => unknown): unknown {
  try {
    take()
  } catch (error) {
    if (error instanceof AppError) return [error.status, error.details['limit'], error.headers['Retry-After']]
    throw error
  }
  return null
}

describe('DownloadSlots', () => {
  it('leaves most of them to other links and other workspaces', () => {
    const take = taker(slotsOf(32))
    for (let n = 0; n < 2; n++) take('ws_1', 'a')
    expect(reasonOf(() => take('ws_1', 'a'))).toEqual([503, 2, '30'])
    for (let n = 0; n < 6; n++) take('ws_1', `b${n}`)
    expect(reasonOf(() => take('ws_1', 'c'))).toEqual([503, 8, '30'])
    for (const workspace of ['ws_2', 'ws_3', 'ws_4'])
      for (let n = 0; n < 8; n++) take(workspace, `${workspace} ${n}`)
    expect(reasonOf(() => take('ws_5', 'd'))).toEqual([503, 32, '30'])
  })

  it('takes a slot back once, however often it is given', () => {
    const slots = slotsOf(1)
    const take = taker(slots)
    const release = take('ws_1', 'a')
    expect([slots.hasRoom('ws_1'), slots.hasRoom('ws_2')]).toEqual([false, false])
    release()
    release()
    expect(slots.hasRoom('ws_1')).toBe(true)
    take('ws_2', 'b')
    expect(reasonOf(() => take('ws_1', 'a'))).toEqual([503, 1, '30'])
  })
})
