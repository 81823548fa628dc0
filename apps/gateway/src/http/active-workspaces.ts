/** A workspace is active as long as its last request came within so many milliseconds. */
const ACTIVE_MS = 1000

/** Which workspaces use this gateway: what one may do is bounded more narrowly while others are there. */
export class ActiveWorkspaces {
  /** When each one's last request came, the one that is silent for longest first. */
  private readonly last = new Map<string, number>()

  /** A request of the workspace has come. */
  came(workspaceId: string): void {
    this.last.delete(workspaceId)
    this.last.set(workspaceId, Date.now())
  }

  /** Whether another workspace is active. */
  hasOthers(workspaceId: string): boolean {
    const now = Date.now()
    for (const [id, last] of this.last) {
      if (now - last < ACTIVE_MS) break
      this.last.delete(id)
    }
    return this.last.size > (this.last.has(workspaceId) ? 1 : 0)
  }
}
