import { ConnectionShares, sharesOf, type Turn } from './connection-shares.js'

const turn = (workspaceId: string, kind: Turn['kind']): Turn => ({ workspaceId, kind })
/** Takes as often as it may. @returns how often that was */
const takeAll = (shares: ConnectionShares, ...args: Parameters<typeof turn>) => {
  let taken = 0
  for (; taken < 100 && shares.mayTake(turn(...args)); taken++) shares.take(turn(...args))
  return taken
}

describe('the shares of a pool', () => {
  it.each([
    [1, { writes: 1, workspace: 1, workspaceWrites: 1 }],
    [2, { writes: 1, workspace: 1, workspaceWrites: 1 }],
    [5, { writes: 4, workspace: 4, workspaceWrites: 3 }],
    [10, { writes: 8, workspace: 8, workspaceWrites: 5 }],
    [100, { writes: 75, workspace: 75, workspaceWrites: 50 }],
  ])('of %d connections', (connections, shares) => {
    expect(sharesOf(connections)).toEqual(shares)
  })

  it('keep connections for reads, for other workspaces and for their writes', () => {
    const shares = new ConnectionShares(sharesOf(10))
    expect(takeAll(shares, 'a', 'write')).toBe(5)
    expect(takeAll(shares, 'b', 'write')).toBe(3)
    expect(shares.mayTake(turn('c', 'write'))).toBe(false)
    expect(takeAll(shares, 'a', 'read')).toBe(3)
    expect(shares.mayTake(turn('c', 'read'))).toBe(true)
    expect(shares.mayTake({ kind: 'read' })).toBe(true)
  })

  it('are given back', () => {
    const shares = new ConnectionShares(sharesOf(2))
    for (let n = 0; n < 3; n++) {
      expect(takeAll(shares, 'a', 'write')).toBe(1)
      expect(shares.mayTake(turn('b', 'write'))).toBe(false)
      shares.giveBack(turn('a', 'write'))
    }
    expect(shares.mayTake(turn('b', 'write'))).toBe(true)
  })
})
