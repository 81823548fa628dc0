import { HttpException, NotFoundException } from '@nestjs/common'
import { invalid } from '#core'
import { envelope, errorEnvelope } from './envelope.js'
import { knownError } from './known-error.js'

const withCode = (code: string) => Object.assign(new Error('x'), { code })

describe('knownError', () => {
  it('keeps what was thrown as an answer', () => {
    const error = invalid('name', 'Is required')
    expect(knownError(error)).toBe(error)
  })

  it.each<[Error, string]>([
    [new NotFoundException(), 'NOT_FOUND'],
    [new HttpException('x', 413), 'PAYLOAD_TOO_LARGE'],
    [new HttpException('x', 415), 'UNSUPPORTED_MEDIA_TYPE'],
    [withCode('ECONNREFUSED'), 'UNAVAILABLE'],
    [withCode('57P01'), 'UNAVAILABLE'],
    [withCode('08006'), 'UNAVAILABLE'],
    [withCode('40P01'), 'UNAVAILABLE'],
    [withCode('57014'), 'UNAVAILABLE'],
    [new Error('timeout exceeded when trying to connect'), 'UNAVAILABLE'],
    [new Error('Connection terminated unexpectedly'), 'UNAVAILABLE'],
    [new Error('Client has encountered a connection error and is not queryable'), 'UNAVAILABLE'],
    [Object.assign(new Error('query failed'), { driverError: withCode('53300') }), 'UNAVAILABLE'],
    [new AggregateError([withCode('ECONNREFUSED')]), 'UNAVAILABLE'],
  ])('%p is %s', (thrown, code) => {
    expect(knownError(thrown)?.code).toBe(code)
  })

  it.each([
    new Error('x'),
    withCode('23505'),
    withCode('ENOENT'),
    'text',
    undefined,
    new HttpException('x', 418),
  ])('%p is nobody’s business', (thrown) => {
    expect(knownError(thrown)).toBeNull()
  })

  it('the envelope is what the documentation says', () => {
    const body = envelope(invalid('email', 'Must be a valid email address', 'x'), 'r1')
    expect(errorEnvelope.parse(body)).toEqual({
      success: false,
      error: 'Validation failed',
      code: 'VALIDATION_ERROR',
      message: 'Must be a valid email address',
      details: { field: 'email', value: 'x', message: 'Must be a valid email address' },
      requestId: 'r1',
    })
  })
})
