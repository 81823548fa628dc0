import { invalid } from '#core'
import { problemOf } from './problem.js'

describe('problemOf', () => {
  it('names the field of what a client could put right', () => {
    expect(problemOf(invalid('codename', 'Is taken', 'acme'))).toBe('codename: Is taken')
  })

  it('says what went wrong with each address of a host', () => {
    const failures = ['connect ECONNREFUSED ::1:1', 'connect ECONNREFUSED 127.0.0.1:1'].map(
      (text) => new Error(text),
    )
    expect(problemOf(new AggregateError(failures))).toBe(
      'connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1',
    )
  })
})
