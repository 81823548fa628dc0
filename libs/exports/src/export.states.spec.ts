import { type ExportState, exportStates, statesBefore, transitions } from './export.states.js'

/** The picture of DESIGN section 5, drawn again as pairs. */
const drawn: [ExportState, ExportState][] = [
  ['queued', 'running'],
  ['running', 'completed'],
  ['completed', 'expired'],
  ['running', 'queued'],
  ['running', 'failed'],
  ['running', 'cancelled'],
  ['failed', 'queued'],
  // beside the picture: cancelled or given up while it waits, and taken over after a lost lease
  ['queued', 'cancelled'],
  ['queued', 'failed'],
  ['running', 'running'],
]

it('allows what is drawn and nothing else', () => {
  for (const from of exportStates) {
    for (const to of exportStates) {
      expect([from, to, transitions[from].includes(to)]).toEqual([
        from,
        to,
        drawn.some(([a, b]) => a === from && b === to),
      ])
    }
  }
})

it('reads the table from both sides', () => {
  expect(statesBefore('completed')).toEqual(['running'])
  expect(statesBefore('cancelled')).toEqual(['queued', 'running'])
})
