/** On whose behalf a connection is used, and for what. */
export interface Turn {
  /** Absent for what is no workspace's: control tables, and short reads of several workspaces together. */
  workspaceId?: string
  kind: 'read' | 'write'
}

/** How many connections of a pool may be in use at a time. */
export interface Shares {
  /** By writes of all workspaces: the rest is kept for reads. */
  writes: number
  /** By one workspace: the rest is kept for the others. */
  workspace: number
  /** By the writes of one workspace. */
  workspaceWrites: number
}

/** A pool of one connection has nothing to keep. */
export function sharesOf(connections: number): Shares {
  const kept = connections === 1 ? 0 : Math.max(1, Math.floor(connections / 4))
  const most = connections - kept
  return { writes: most, workspace: most, workspaceWrites: Math.min(most, Math.ceil(connections / 2)) }
}

/** Counts the connections that are in use, and says whose turn may have another one. */
export class ConnectionShares {
  private writes = 0
  /** By workspace. */
  private readonly used = new Map<string, { all: number; writes: number }>()

  constructor(private readonly shares: Shares) {}

  mayTake({ workspaceId, kind }: Turn): boolean {
    const { writes, workspace, workspaceWrites } = this.shares
    if (kind === 'write' && this.writes >= writes) return false
    const used = workspaceId === undefined ? undefined : this.used.get(workspaceId)
    if (used === undefined) return true
    return used.all < workspace && (kind === 'read' || used.writes < workspaceWrites)
  }

  take(turn: Turn): void {
    this.add(turn, 1)
  }

  giveBack(turn: Turn): void {
    this.add(turn, -1)
  }

  private add({ workspaceId, kind }: Turn, count: number): void {
    const written = kind === 'write' ? count : 0
    this.writes += written
    if (workspaceId === undefined) return
    const { all, writes } = this.used.get(workspaceId) ?? { all: 0, writes: 0 }
    if (all + count === 0) this.used.delete(workspaceId)
    else this.used.set(workspaceId, { all: all + count, writes: writes + written })
  }
}
