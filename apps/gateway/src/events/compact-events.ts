import type { BatchItem } from '../http/batch-items.js'
import type { CompactAnswer } from '../http/idempotency/compact-answer.js'
import type { EventsAnswer } from './event.schema.js'
import { answerWith, idOf, type Outcome } from './events.mapper.js'

/** So many events one after the other had the same outcome, of those that are listed. */
type Run = [count: number, outcome: number]

interface KeptEvents {
  /** Each once. */
  outcomes: Outcome[]
  runs: Run[]
}

/** A thousand accepted events are kept in some 60 bytes: the request has their ids. */
export const compactEvents: CompactAnswer<EventsAnswer> = {
  compact({ events }): KeptEvents {
    const known = new Map<string, number>()
    const outcomes: Outcome[] = []
    const runs: Run[] = []
    for (const { index: _index, id: _id, ...outcome } of events) {
      const text = JSON.stringify(outcome)
      const number = known.get(text) ?? outcomes.push(outcome) - 1
      known.set(text, number)
      const last = runs.at(-1)
      if (last?.[1] === number) last[0] += 1
      else runs.push([1, number])
    }
    return { outcomes, runs }
  },

  expand(kept, body): EventsAnswer {
    const { outcomes, runs } = kept as KeptEvents
    const items = body as BatchItem[]
    const each = runs.flatMap(([count, outcome]) => Array<number>(count).fill(outcome))
    return answerWith(
      each.map((outcome, index) => {
        const [item, became] = [items[index], outcomes[outcome]]
        if (item === undefined || became === undefined) throw new Error('a kept answer is of another request')
        return { index, id: idOf(item), ...became }
      }),
    )
  },
}
