import type { BatchItem } from '../http/batch-items.js'
import { compactEvents } from './compact-events.js'
import { eventsAnswerOf, readEvent } from './events.mapper.js'

const event = (id: string) => ({
  ...{ id, type: 'message', time: '2026-01-02T03:04:05Z', bot: 'b', account: { id: 'a' } },
  ...{ user: { id: 'u' }, sender: 'user', text: 'Hola' },
})
const answerOf = (items: BatchItem[], outcome: (n: number) => 'accepted' | 'duplicate') => {
  const read = items.map(readEvent)
  const sound = read.filter((one) => 'event' in one)
  return eventsAnswerOf(
    read,
    sound.map((_, n) => ({ status: outcome(n) })),
  )
}
const kept = (answer: ReturnType<typeof answerOf>) => JSON.stringify(compactEvents.compact(answer))

describe('the compact answer to events', () => {
  it('is the answer again, to the byte, with the request', () => {
    const items: BatchItem[] = [
      { value: event('e1') },
      { value: event('e2') },
      { value: event('e2') },
      { value: { ...event('e3'), sender: 'nobody' } },
      { value: { ...event('e4'), [`alien ${'x'.repeat(300)}`]: 'y'.repeat(300) } },
      { value: { ...event('e 5') } },
      { value: { id: 'e6' }, problem: { field: 'id', message: 'Comes twice' } },
      { value: 'text' },
      { value: null },
      { value: event('e7') },
    ]
    const answer = answerOf(items, (n) => (n === 2 ? 'duplicate' : 'accepted'))
    expect(answer).toMatchObject({ accepted: 3, duplicates: 1, rejected: 6 })
    const again = compactEvents.expand(JSON.parse(kept(answer)), items)
    expect(JSON.stringify(again)).toBe(JSON.stringify(answer))
    expect(JSON.stringify(answer)).not.toContain('yyy')
  })

  it('takes a few bytes for a thousand events that were accepted or rejected alike', () => {
    const ids = Array.from({ length: 1000 }, (_, n) => `event-${n}`)
    const accepted = answerOf(
      ids.map((id) => ({ value: event(id) })),
      () => 'accepted',
    )
    const rejected = answerOf(
      ids.map((id) => ({ value: { ...event(id), text: 1 } })),
      () => 'accepted',
    )
    expect(kept(accepted).length).toBeLessThan(100)
    expect(kept(rejected).length).toBeLessThan(200)
  })
})
