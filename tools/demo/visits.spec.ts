import { groups } from './catalog.js'
import { isoTime } from './clock.js'
import { Random } from './prng.js'
import { generateVisits, type Visit } from './visits.js'

const END = Date.UTC(2025, 2, 1) * 1000
const funnelIds = new Map(groups.map(({ funnel }, i) => [funnel, String(i + 1)]))

function sample(count: number): Visit[] {
  const visits = generateVisits(new Random(7), funnelIds, END)
  return Array.from({ length: count }, () => visits.next().value)
}

describe('generated visits', () => {
  const visits = sample(3_000)

  it('are the same in every run', () => {
    expect(sample(200)).toEqual(visits.slice(0, 200))
  })

  it('lie in the year before the end', () => {
    const times = visits.flatMap(({ interactions, messages }) =>
      [...interactions, ...messages].map((e) => e.occurred_at),
    )
    expect(times.every((time) => time < isoTime(END) && time > '2024-02-28')).toBe(true)
  })

  it.each(groups.map((group) => [group.name, group] as const))(
    '%s: records are what the interactions make of them',
    (_, group) => {
      const ofGroup = visits.filter(({ records }) => records[0]?.funnel_group_id === group.id)
      for (const { interactions, records } of ofGroup) {
        expect(records.map(({ created_at, updated_at, last }) => ({ created_at, updated_at, last }))).toEqual(
          expectedRecords(interactions, group),
        )
      }
      const moreThanOne = ofGroup.some(({ records }) => records.length > 1)
      expect(moreThanOne).toBe(group.doubleCounting)
    },
  )

  it('a lead knows what its visitor told, and nothing else', () => {
    for (const { lead, interactions } of visits) {
      const told = new Map(interactions.flatMap(({ data }) => data).map(({ name, cxt }) => [name, cxt]))
      expect(lead.phone).toBe(told.get('Celular') ?? null)
      expect(lead.email).toBe(told.get('Correo') ?? told.get('Email') ?? null)
      expect(lead.metadata).toEqual(told.has('DNI') ? { dni: told.get('DNI') } : {})
    }
  })
})

/** DESIGN section 3, written another way: a gap of more than `newAt` hours begins a new record where the group counts twice. */
function expectedRecords(interactions: Visit['interactions'], group: (typeof groups)[number]) {
  const runs: Visit['interactions'][] = []
  for (const event of interactions) {
    const previous = runs.at(-1)?.at(-1)
    const gap =
      previous === undefined ? Infinity : Date.parse(event.occurred_at) - Date.parse(previous.occurred_at)
    if (previous === undefined || (group.doubleCounting && gap > group.newAt * 3_600_000)) runs.push([])
    runs.at(-1)?.push(event)
  }
  const steps = group.steps.map(({ interaction }) => interaction)
  return runs.map((run) => ({
    created_at: run[0]?.occurred_at,
    updated_at: run.at(-1)?.occurred_at,
    last: steps[Math.max(...run.map(({ interaction }) => steps.indexOf(interaction)))],
  }))
}
