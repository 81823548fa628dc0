import { AppError } from '#core'
import { dateRange } from './date-range.js'

describe('dateRange', () => {
  it('a date alone is an inclusive UTC day', () => {
    expect(dateRange({ startDate: '2024-02-29', endDate: '2024-02-29' })).toEqual({
      from: '2024-02-29T00:00:00.000000Z',
      to: '2024-03-01T00:00:00.000000Z',
    })
  })

  it('a timestamp is half-open, read with its offset, to the microsecond', () => {
    expect(
      dateRange({ startDate: '2024-01-01T00:00:00.123456-05:00', endDate: '2024-01-02T10:00Z' }),
    ).toEqual({
      from: '2024-01-01T05:00:00.123456Z',
      to: '2024-01-02T10:00:00.000000Z',
    })
  })

  it.each(['1234567', '12345678', '123456789'])('of .%s seconds the microseconds are kept', (fraction) => {
    expect(dateRange({ startDate: `2024-01-01T00:00:00.${fraction}Z` }).from).toBe(
      '2024-01-01T00:00:00.123456Z',
    )
  })

  it('either bound may be absent', () => {
    expect(dateRange({})).toEqual({ from: undefined, to: undefined })
    expect(dateRange({ endDate: '2024-01-01' }).from).toBeUndefined()
  })

  it.each([
    '2023-02-30',
    '2023-7-10',
    '20230710',
    'now',
    'infinity',
    'epoch',
    '',
    ' 2023-07-10',
    '2023-07-10 ',
    '2023-07-10T24:00Z',
    '2023-07-10T10:00',
    '2023-07-10T10:00:60Z',
    '2023-07-10T10:00:00.1234567890Z',
    '0000-01-01',
    '0000-12-31T23:00-05:00',
    '0099-01-01T24:00',
    '294277-01-01',
    '2023-13-01',
    '2023-07-10T10:00+24:00',
    '2023-07-10\u0000',
  ])('refuses %p and names the field', (endDate) => {
    expect(() => dateRange({ endDate })).toThrow(AppError)
    try {
      dateRange({ endDate })
    } catch (error) {
      expect((error as AppError).details).toMatchObject({ field: 'endDate', value: endDate })
    }
  })

  it.each([
    ['2024-01-02', '2023-12-31'],
    ['2024-01-02', '2024-01-01'],
    ['2024-01-02T00:00Z', '2024-01-01'],
    ['2024-01-02T00:00:00.000001Z', '2024-01-02T00:00Z'],
  ])('start %s after end %s is an error of startDate', (startDate, endDate) => {
    expect(() => dateRange({ startDate, endDate })).toThrow('Must not be after endDate')
  })

  it('start and end may be one instant, however they are written', () => {
    const instant = '2024-01-02T00:00:00.000000Z'
    expect(dateRange({ startDate: '2024-01-02', endDate: '2024-01-02T00:00Z' })).toEqual({
      from: instant,
      to: instant,
    })
  })

  it('the first years are years like others, and the start of time is not before what PostgreSQL reads', () => {
    // .NET's DateTime.MinValue, which its clients send for "from the beginning".
    expect(dateRange({ startDate: '0001-01-01T00:00:00Z' }).from).toBe('0001-01-01T00:00:00.000000Z')
    expect(dateRange({ startDate: '0099-12-31' }).from).toBe('0099-12-31T00:00:00.000000Z')
    expect(dateRange({ startDate: '0001-01-01T00:00+05:00' }).from).toBe('0001-01-01T00:00:00.000000Z')
  })

  it('the end of time is not past what PostgreSQL reads', () => {
    expect(dateRange({ endDate: '9999-12-31' }).to).toBe('9999-12-31T23:59:59.999999Z')
    expect(dateRange({ endDate: '9999-12-31T23:00-05:00' }).to).toBe('9999-12-31T23:59:59.999999Z')
  })
})
