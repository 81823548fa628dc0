import { InvalidArgumentError } from 'commander'
import {
  codename,
  email,
  funnelName,
  hours,
  instant,
  list,
  scopeList,
  timeZone,
  wholeWithin,
} from './arguments.js'

describe('arguments', () => {
  it('good ones come out typed', () => {
    expect(codename('acme_1-x')).toBe('acme_1-x')
    expect(timeZone('America/Lima')).toBe('America/Lima')
    expect(email('ana@example.com')).toBe('ana@example.com')
    expect(scopeList('leads:read, exports:write')).toEqual(['leads:read', 'exports:write'])
    expect(instant('2030-01-01T00:00:00-05:00')).toEqual(new Date('2030-01-01T05:00:00Z'))
    expect(hours('24')).toBe(24)
    expect(['1', '30'].map(wholeWithin({ min: 1, max: 30 }))).toEqual([1, 30])
    expect(funnelName('sacarTarjeta')).toBe('sacarTarjeta')
    expect(list('INICIO, DNI,FIN')).toEqual(['INICIO', 'DNI', 'FIN'])
  })

  it.each<[string, (value: string) => unknown, string[]]>([
    ['codename', codename, ['', 'Acme', 'a b', 'exports', 'get-leads', 'a'.repeat(65)]],
    ['time zone', timeZone, ['', 'Mars', 'Lima']],
    [
      'email',
      email,
      ['', 'ana', 'a@b.example,c@d.example', 'Ana <ana@example.com>', 'a@b.example\r\nBcc: c@d.example'],
    ],
    ['scopes', scopeList, ['', 'leads:eat', 'leads:read,', 'leads:read,leads:read']],
    ['time', instant, ['', 'tomorrow', '2030-01-01', '2030-01-01T00:00:00', '2030-13-01T00:00:00Z']],
    ['hours', hours, ['', '0', '-1', '1.5', '1e3', ' 24']],
    [
      'number',
      wholeWithin({ min: 2, max: 30 }),
      ['', '0', '1', '31', '-2', '2.5', '1e1', ' 3', '9999999999'],
    ],
    ['funnel name', funnelName, ['', ' ', '123', '__proto__', 'a'.repeat(201)]],
    ['list', list, ['', 'A,,B', 'A,B,A']],
  ])('%s refuses what is wrong', (_, read, values) => {
    for (const value of values) expect(() => read(value)).toThrow(InvalidArgumentError)
  })
})
