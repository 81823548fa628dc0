import fc from 'fast-check'
import { type CountingRule, foldRecords, type RecordState, type Step } from './record-fold.js'

const day = { doubleCounting: true, newAt: 24 }
const single = { doubleCounting: false, newAt: 24 }
const list = ['INICIO', 'DNI', 'CELULAR', 'FIN']

let made = 0
const newId = () => `record-${++made}`
const fold = (before: readonly RecordState[], steps: readonly Step[], rule: CountingRule) =>
  foldRecords(before, steps, rule, newId)

const START = Date.UTC(2026, 0, 1) * 1000
/** @param micros after the first of January */
function step(id: string, micros: number, more: Partial<Step> = {}): Step {
  const at = START + micros
  const time = `${new Date(Math.floor(at / 1000)).toISOString().slice(0, -1)}${String(at % 1000).padStart(3, '0')}Z`
  return { id, time, interaction: 'INICIO', position: 0, data: [], chatbotId: 'cb_a', ...more }
}
const MINUTE = 60_000_000
const HOUR = 60 * MINUTE
const reached = (name: string) => ({ interaction: name, position: list.indexOf(name) })

describe('records of one message user in one group', () => {
  it.each([
    ['a minute less than newAt', 24 * HOUR - MINUTE, 1],
    ['newAt to the microsecond', 24 * HOUR, 1],
    ['a microsecond more than newAt', 24 * HOUR + 1, 2],
    ['a minute more than newAt', 24 * HOUR + MINUTE, 2],
  ])('after a gap of %s there are as many as the rule says', (_, gap, count) => {
    const steps = [step('a', 0), step('b', gap)]
    expect(fold([], steps, day)).toHaveLength(count)
    expect(fold([], [...steps].reverse(), day)).toHaveLength(count)
    expect(fold([], steps, single)).toHaveLength(1)
  })

  it('the gap counts from the last interaction, not from the first', () => {
    const steps = [0, 20, 40, 60].map((hours) => step(`at ${hours}`, hours * HOUR))
    const [record, ...others] = fold([], steps, day)
    expect(others).toEqual([])
    expect(record).toMatchObject({ created_at: steps[0]?.time, updated_at: steps[3]?.time })
  })

  it('one that comes late joins the two that it stands between, and the older one stays', () => {
    const before = fold([], [step('a', 0), step('c', 40 * HOUR)], day)
    expect(before).toHaveLength(2)
    const after = fold(before, [step('b', 20 * HOUR)], day)
    expect(after.map(({ id }) => id)).toEqual([before[0]?.id])
  })

  it('last is the furthest, though an earlier step came again', () => {
    const steps = [step('a', 0, reached('CELULAR')), step('b', HOUR, reached('DNI'))]
    expect(fold([], steps, day)[0]?.last).toBe('CELULAR')
    expect(fold([], [...steps].reverse(), day)[0]?.last).toBe('CELULAR')
  })

  it('data stands in the order it was first told, each name once with what was told last', () => {
    const steps = [
      step('a', 0, {
        data: [
          { name: 'DNI', cxt: '1' },
          { name: 'DNI', cxt: '2' },
        ],
      }),
      step('b', HOUR, { data: [{ name: 'Celular', cxt: '9' }] }),
      step('c', 2 * HOUR, { data: [{ name: 'DNI', cxt: '3' }] }),
    ]
    for (const order of [steps, [...steps].reverse()]) {
      expect(fold([], order, day)[0]?.extra_data).toEqual([
        { name: 'DNI', cxt: '3' },
        { name: 'Celular', cxt: '9' },
      ])
    }
  })

  it('keeps the first hundred names by the alphabet, whatever came when', () => {
    const names = Array.from({ length: 130 }, (_, n) => `name ${String(n).padStart(3, '0')}`)
    const steps = names.map((name, n) =>
      step(`e${n}`, (130 - n) * MINUTE, { data: [{ name, cxt: String(n) }] }),
    )
    const kept = (records: RecordState[]) =>
      records.flatMap(({ extra_data }) => extra_data.map(({ name }) => name)).sort()
    expect(kept(fold([], steps, day))).toEqual(names.slice(0, 100))
    expect(kept(steps.reduceRight<RecordState[]>((before, one) => fold(before, [one], day), []))).toEqual(
      names.slice(0, 100),
    )
  })

  describe('when the rule has changed since', () => {
    const two = () => fold([], [step('a', 0), step('b', 30 * HOUR)], day)

    it('a longer gap divides nothing anew and joins nothing', () => {
      const after = fold(two(), [step('c', 31 * HOUR)], { doubleCounting: true, newAt: 72 })
      expect(after.map(({ created_at }) => created_at)).toEqual(two().map(({ created_at }) => created_at))
    })

    it('without double counting what comes belongs to the record of its time', () => {
      const after = fold(two(), [step('c', HOUR), step('d', 90 * HOUR)], single)
      expect(after.map(({ updated_at }) => updated_at)).toEqual([
        step('c', HOUR).time,
        step('d', 90 * HOUR).time,
      ])
      expect(fold(two(), [step('0', -HOUR)], single)).toHaveLength(2)
    })

    it('a step that the list no longer has stays the furthest', () => {
      const before = fold([], [step('a', 0, reached('FIN'))], day)
      const after = fold(before, [step('b', HOUR, { interaction: 'NUEVO', position: 1 })], day)
      expect(after[0]?.last).toBe('FIN')
    })
  })

  const someSteps = fc
    .array(
      fc.record({
        hours: fc.integer({ min: 0, max: 200 }),
        micros: fc.constantFrom(0, 0, 1),
        position: fc.integer({ min: 0, max: 3 }),
        chatbotId: fc.constantFrom('cb_a', 'cb_b'),
        data: fc.array(fc.record({ name: fc.constantFrom('DNI', 'Nombre', 'X'), cxt: fc.string() }), {
          maxLength: 2,
        }),
      }),
      { maxLength: 14 },
    )
    .map((all) =>
      all.map(({ hours, micros, position, ...more }, n) =>
        step(`e${n}`, hours * HOUR + micros, { ...more, position, interaction: list[position] ?? '' }),
      ),
    )
  const withoutIds = (records: RecordState[]) => records.map((record) => ({ ...record, id: '' }))

  it.each([day, single, { doubleCounting: true, newAt: 7 }])(
    'are the same in any order and any steps: %p',
    (rule) => {
      fc.assert(
        fc.property(
          someSteps.chain((steps) =>
            fc.record({
              steps: fc.constant(steps),
              shuffled: fc.shuffledSubarray(steps, { minLength: steps.length }),
              cut: fc.nat(steps.length),
            }),
          ),
          ({ steps, shuffled, cut }) => {
            const inOrder = [...steps].sort((a, b) => (a.time < b.time ? -1 : 1))
            const atOnce = fold([], inOrder, rule)
            const inTwo = fold(fold([], shuffled.slice(0, cut), rule), shuffled.slice(cut), rule)
            expect(withoutIds(inTwo)).toEqual(withoutIds(atOnce))
            expect(atOnce).toHaveLength(expectedCount(steps, rule))
          },
        ),
      )
    },
  )
})

/** DESIGN section 3, counted another way. */
function expectedCount(steps: readonly Step[], { doubleCounting, newAt }: CountingRule): number {
  const times = steps
    .map(({ time }) => Date.parse(time) * 1000 + Number(time.slice(23, 26)))
    .sort((a, b) => a - b)
  if (times.length === 0) return 0
  const gaps = times.slice(1).filter((time, n) => time - (times[n] ?? 0) > newAt * HOUR).length
  return doubleCounting ? gaps + 1 : 1
}
