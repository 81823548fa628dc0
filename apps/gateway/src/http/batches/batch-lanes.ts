import { workspaceBusy } from '#core'

/** What one workspace may have under way in one gateway. */
export interface BatchBounds {
  /** Batches that are received, wait or are worked on. */
  batches: number
  /** Bytes of their bodies. */
  bytes: number
  /** Items of the batches that are worked on at the same time; one batch alone may have more. */
  items: number
  /** Milliseconds that a batch waits for its turn at most. */
  waitMs: number
}

/**
 * Two full batches keep PostgreSQL and the gateway busy at the same time; more at once are no faster, and others have to wait.
 * Small ones run beside each other: a connection that each of them needs is what they wait for then.
 */
const batchBounds: BatchBounds = { batches: 250, bytes: 32_000_000, items: 2000, waitMs: 10_000 }

export type Release = () => void

interface Waiting {
  items: number
  begin: () => void
}

/** Of one workspace. */
interface Lane {
  batches: number
  bytes: number
  /** Items that are worked on. */
  items: number
  line: Waiting[]
}

/** Bounds the batches that a workspace has under way, so that a workspace that sends many of them delays only its own. */
export class BatchLanes {
  private readonly lanes = new Map<string, Lane>()

  constructor(private readonly bounds: BatchBounds = batchBounds) {}

  /** Counts a batch before its body is received. @throws AppError 429 where the workspace has too many under way */
  admit(workspaceId: string, bytes: number): Release {
    const lane = this.lanes.get(workspaceId) ?? { batches: 0, bytes: 0, items: 0, line: [] }
    const isFull = lane.batches >= this.bounds.batches || lane.bytes + bytes > this.bounds.bytes
    if (lane.batches > 0 && isFull) throw workspaceBusy(lane.batches, 'batches')
    this.lanes.set(workspaceId, lane)
    lane.batches += 1
    lane.bytes += bytes
    return once(() => {
      lane.batches -= 1
      lane.bytes -= bytes
      if (lane.batches === 0) this.lanes.delete(workspaceId)
    })
  }

  /**
   * Waits until the workspace's batches that came before leave room for this one, which was admitted.
   * @throws AppError 429 after `waitMs`
   */
  async turn(workspaceId: string, items: number): Promise<Release> {
    const lane = this.lanes.get(workspaceId)
    if (lane === undefined) throw new Error('a batch was not admitted')
    if (lane.line.length > 0 || !this.hasRoom(lane, items)) await this.wait(lane, items)
    else lane.items += items
    return once(() => {
      lane.items -= items
      this.serve(lane)
    })
  }

  private hasRoom(lane: Lane, items: number): boolean {
    return lane.items === 0 || lane.items + items <= this.bounds.items
  }

  private wait(lane: Lane, items: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        lane.line.splice(lane.line.indexOf(waiting), 1)
        reject(workspaceBusy(lane.batches, 'batches'))
        this.serve(lane)
      }
      const timer = setTimeout(giveUp, this.bounds.waitMs)
      const begin = () => {
        clearTimeout(timer)
        resolve()
      }
      const waiting: Waiting = { items, begin }
      lane.line.push(waiting)
    })
  }

  /** In the order in which they came: a large one is not overtaken by small ones for ever. */
  private serve(lane: Lane): void {
    for (let [next] = lane.line; next !== undefined && this.hasRoom(lane, next.items); [next] = lane.line) {
      lane.line.shift()
      lane.items += next.items
      next.begin()
    }
  }
}

function once(work: () => void): Release {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}
