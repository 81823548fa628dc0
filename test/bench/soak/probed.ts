import { pathToFileURL } from 'node:url'
import { queryObjects } from 'node:v8'

/**
 * Runs a program of the product as it is, named by the first argument, and tells over the channel to the benchmark what
 * only the process itself can tell. It is no `--import`, because that would run in the process's threads as well.
 */

/** What a process tells of itself. */
export interface Holdings {
  /** What keeps the event loop busy, by kind: timers, sockets, servers (`process.getActiveResourcesInfo`). */
  resources: Record<string, number>
  /** AbortSignals that are alive after a full garbage collection. */
  signals: number
  /** Listeners to EventTargets, AbortSignals among them, that are alive then. */
  listeners: number
  /** Emitters with so many listeners that Node warned of a leak. */
  leakWarnings: number
}

let leakWarnings = 0
process.on('warning', ({ name }) => {
  if (name === 'MaxListenersExceededWarning') leakWarnings++
})

process.on('message', () => {
  const resources: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1
  const holdings: Holdings = {
    resources,
    signals: queryObjects(AbortSignal) as unknown as number,
    listeners: queryObjects(listenerClass()) as unknown as number,
    leakWarnings,
  }
  process.send?.(holdings)
})
// However the benchmark ends, the program ends with it.
process.on('disconnect', () => process.exit(1))
// The channel keeps no process alive that has ended its work.
process.channel?.unref()

type Listener = abstract new () => unknown

/** Node's own class, which it does not export: the one of a listener that is there. @throws Error in a Node that keeps them otherwise */
function listenerClass(): Listener {
  const target = new EventTarget()
  target.addEventListener('any', () => undefined)
  const events = Object.getOwnPropertySymbols(target).find(({ description }) => description === 'kEvents')
  const roots = (target as unknown as Record<symbol, Map<string, { next: object }> | undefined>)[events!]
  const listener = roots?.get('any')?.next.constructor
  if (listener === undefined)
    throw new Error('this version of Node keeps the listeners of an EventTarget elsewhere')
  return listener as unknown as Listener
}

const [, , file = ''] = process.argv
await import(pathToFileURL(file).href)
