import { ActiveWorkspaces } from './active-workspaces.js'

describe('ActiveWorkspaces', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }))
  afterEach(() => jest.useRealTimers())

  it('knows of others for a second after their last request', () => {
    const active = new ActiveWorkspaces()
    active.came('a')
    active.came('b')
    jest.setSystemTime(900)
    expect([active.hasOthers('a'), active.hasOthers('b'), active.hasOthers('c')]).toEqual([true, true, true])
    active.came('a')
    jest.setSystemTime(1000)
    expect([active.hasOthers('a'), active.hasOthers('b')]).toEqual([false, true])
    jest.setSystemTime(1900)
    expect([active.hasOthers('a'), active.hasOthers('b')]).toEqual([false, false])
  })
})
