import { Inject, Injectable } from '@nestjs/common'
import { AppError, CONFIG, type Config, type Counter, type Gauge, Metrics } from '#core'

/** Shares of a gateway's slots: one workspace leaves most of them to others, one link most of them to its workspace. */
const WORKSPACE_SHARE = 4
const LINK_SHARE = 16

/** After this time a refused client may try again. */
export const RETRY_SECONDS = 30

const bounds = ['link', 'workspace', 'gateway'] as const
type Bound = (typeof bounds)[number]

/** Who downloads. */
export interface Download {
  workspaceId: string
  /** What tells the link from others. */
  link: string
}

/**
 * Bounds how many downloads this gateway streams at a time, for DOWNLOADS=proxy: each one holds a connection to its reader
 * and one to the store for as long as the reader likes. Each gateway counts for itself.
 */
@Injectable()
export class DownloadSlots {
  private readonly limits: Record<Bound, number>
  private readonly taken = new Map<string, number>()
  private readonly open: Gauge
  private readonly refused: Counter<'bound'>

  constructor(
    @Inject(CONFIG) { DOWNLOAD_SLOTS }: Pick<Config, 'DOWNLOAD_SLOTS'>,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.limits = {
      link: Math.ceil(DOWNLOAD_SLOTS / LINK_SHARE),
      workspace: Math.ceil(DOWNLOAD_SLOTS / WORKSPACE_SHARE),
      gateway: DOWNLOAD_SLOTS,
    }
    this.open = metrics.gauge({
      name: 'leadferry_downloads_open',
      help: 'Downloads that this gateway streams, with DOWNLOADS=proxy',
    })
    this.refused = metrics.counter({
      name: 'leadferry_downloads_refused_total',
      help: 'Downloads that were answered 503, by the bound that was reached: of a link, of its workspace or of the gateway',
      labelNames: ['bound'],
    })
    // A series that begins with its first refusal never grows: an alert would miss that one.
    for (const bound of bounds) this.refused.inc({ bound }, 0)
  }

  /**
   * Takes a slot.
   * @returns gives it back; may be called again
   * @throws AppError 503 that says when to come back
   */
  take(download: Download): () => void {
    const reached = this.reached(download)
    if (reached !== undefined) {
      this.refused.inc({ bound: reached })
      throw tooMany(reached, this.limits[reached])
    }
    const keys = Object.values(keysOf(download))
    for (const key of keys) this.taken.set(key, this.count(key) + 1)
    this.open.inc()
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.open.dec()
      for (const key of keys) {
        const left = this.count(key) - 1
        if (left === 0) this.taken.delete(key)
        else this.taken.set(key, left)
      }
    }
  }

  /** Whether a download of the workspace by a new link would be taken now. */
  hasRoom(workspaceId: string): boolean {
    return this.reached({ workspaceId, link: '' }) === undefined
  }

  private reached(download: Download): Bound | undefined {
    const keys = keysOf(download)
    return bounds.find((bound) => this.count(keys[bound]) >= this.limits[bound])
  }

  private count(key: string): number {
    return this.taken.get(key) ?? 0
  }
}

const keysOf = ({ workspaceId, link }: Download): Record<Bound, string> => ({
  link: `link ${link}`,
  workspace: `workspace ${workspaceId}`,
  gateway: 'gateway',
})

const tooMany = (bound: Bound, limit: number): AppError =>
  new AppError(
    'UNAVAILABLE',
    { reason: 'too_many_downloads', limit, message: `Too many downloads of this ${bound} are under way` },
    { 'Retry-After': String(RETRY_SECONDS) },
  )
