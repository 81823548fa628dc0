import { Inject, Injectable } from '@nestjs/common'
import { pipeline, type Readable, Transform } from 'node:stream'
import { ActiveWorkspaces } from '../http/active-workspaces.js'

/** Of all downloads of one workspace that a gateway streams, beside others: 32 MB a second. */
const BYTES_PER_MS = 32_000
/** What may pass at once, in milliseconds of the pace: timers are no more exact. */
const AHEAD_MS = 4

/**
 * Bounds how fast a workspace's files pass through this gateway while other workspaces use it, for DOWNLOADS=proxy. The store
 * gives, and the operating system takes, as fast as this process can: some megabytes ahead of each reader, even of one that
 * never reads, and many at a time from one turn of the event loop.
 */
@Injectable()
export class DownloadPace {
  /** By workspace, when what has passed by now would have passed at the pace, in milliseconds of `performance.now`. */
  private readonly passed = new Map<string, number>()

  constructor(@Inject(ActiveWorkspaces) private readonly active: Pick<ActiveWorkspaces, 'hasOthers'>) {}

  /** @returns the same bytes; ends and breaks with the body, and the body with it */
  paced(workspaceId: string, body: Readable): Readable {
    const transform = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        const wait = this.waitFor(workspaceId, chunk.length)
        if (wait <= 0) done(null, chunk)
        else setTimeout(done, wait, null, chunk)
      },
    })
    // Whoever reads it learns of what broke.
    return pipeline(body, transform, () => undefined)
  }

  /** @returns milliseconds until so many bytes of the workspace may pass */
  private waitFor(workspaceId: string, bytes: number): number {
    if (!this.active.hasOthers(workspaceId)) return 0
    const now = performance.now()
    for (const [id, passed] of this.passed) if (passed < now) this.passed.delete(id)
    const passed = (this.passed.get(workspaceId) ?? now) + bytes / BYTES_PER_MS
    this.passed.set(workspaceId, passed)
    return Math.floor(passed - now - AHEAD_MS)
  }
}
