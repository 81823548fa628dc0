import { assertBuildable, MAX_DAYS } from './day-range.js'

const today = '2026-03-02'
const field = (from: string, to: string): string | undefined => {
  try {
    assertBuildable({ from, to }, today)
    return undefined
  } catch (error) {
    return (error as { details: { field: string } }).details.field
  }
}

describe('a range of days to build', () => {
  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2024-02-29', '2024-03-01'],
    // Of a leap year, as many days as there may be.
    ['2024-01-01', '2024-12-31'],
    ['0001-01-01', '0001-01-02'],
  ])('takes %s to %s', (from, to) => expect(field(from, to)).toBeUndefined())

  it.each([
    ['from', '2026-02-02', '2026-02-01', 'it ends before it begins'],
    ['to', '2026-03-01', '2026-03-02', 'today is not over'],
    ['to', '2026-03-01', '9999-12-31', 'nor is any day to come'],
    ['from', '2024-01-01', '2025-01-01', `${MAX_DAYS + 1} days`],
    ['from', '2023-02-29', '2023-03-01', 'there was no such day'],
    ['to', '2023-02-01', '2023-02-30', 'there was no such day'],
    ['from', '2023-2-1', '2023-02-02', 'digits are missing'],
    ['from', '20230201', '2023-02-02', 'dashes are missing'],
    ['to', '2023-02-01', '2023-02-02T00:00:00Z', 'a time is no day'],
    ['from', 'now', '2023-02-02', 'PostgreSQL would take it'],
    ['to', '2023-02-01', 'infinity', 'PostgreSQL would take it'],
    ['from', '0000-01-01', '2023-02-02', 'there is no year 0'],
    ['from', '', '2023-02-02', 'nothing'],
    ['from', '２０２３-02-01', '2023-02-02', 'full-width digits'],
  ])('refuses %s of %s to %s: %s', (name, from, to) => expect(field(from, to)).toBe(name))
})
