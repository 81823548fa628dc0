import { wantedDays } from './wanted-days.js'

it.each([
  ['', '', null],
  ['2024-02-29', '', { first: '2024-02-29', last: '2024-02-29' }],
  ['', '2024-02-29', { first: '2024-02-29', last: '2024-02-29' }],
  ['2024-01-01', '2024-12-31', { first: '2024-01-01', last: '2024-12-31' }],
  ['2024-01-02', '2024-01-01', 'invalid'],
  ['2023-02-29', '', 'invalid'],
  ['0000-01-01', '', 'invalid'],
  ['2024-1-1', '', 'invalid'],
  ['20240101', '', 'invalid'],
  ['2024-01-01T00:00:00Z', '', 'invalid'],
  ['2024-01-01', 'infinity', 'invalid'],
])('from %j to %j', (from, to, days) => {
  expect(wantedDays({ from, to })).toEqual(days)
})
