import type { ConversationEvent } from '../event.js'
import { batches } from './batches.js'
import { postBatch } from './post-batch.js'
import { Tally } from './tally.js'
import type { EventsTarget } from './target.js'

/**
 * Posts events in batches of 1,000, a few requests at a time; the first one alone, so that a wrong key or codename is
 * told once.
 *
 * @param progress called after each batch
 * @throws Error of the first batch that no retry helps
 */
export async function sendEvents(
  target: EventsTarget,
  events: Iterable<ConversationEvent>,
  progress: (sofar: Tally) => void = () => undefined,
): Promise<Tally> {
  const tally = new Tally()
  const queue = batches(events)
  const sendNext = async (): Promise<boolean> => {
    const { value: batch } = queue.next()
    if (batch === undefined) return false
    tally.add(await postBatch(target, batch, tally.events > 0))
    progress(tally)
    return true
  }
  if (!(await sendNext())) return tally
  const line = async () => {
    try {
      while (await sendNext());
    } catch (error) {
      // The others end with what they have in flight.
      queue.return()
      throw error
    }
  }
  await Promise.all(Array.from({ length: target.inFlight }, line))
  return tally
}
