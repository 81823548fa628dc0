import { InvalidArgumentError } from 'commander'
import { funnelFields, groupFields } from '#leads'
import { chatbotFields, keyFields, settingFields, timeZoneField } from '#tenancy'
import { codename, instant, listBy, textBy, timeBy, wholeBy, wholeWithin } from './arguments.js'

const timeZone = textBy(timeZoneField)
const email = textBy(keyFields.ownerEmail)
const scopes = listBy(keyFields.scopes)
const expiry = timeBy(keyFields.expiresAt)
const newAt = wholeBy(groupFields.newAt)
const funnelName = textBy(funnelFields.name)
const interactions = listBy(funnelFields.interactions)

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `step${n}`)

describe('arguments', () => {
  it('good ones come out typed', () => {
    expect(codename('acme_1-x')).toBe('acme_1-x')
    expect(timeZone('America/Lima')).toBe('America/Lima')
    expect(email('ana@example.com')).toBe('ana@example.com')
    expect(scopes('leads:read, exports:write')).toEqual(['leads:read', 'exports:write'])
    expect(instant('2020-01-01T00:00:00-05:00')).toEqual(new Date('2020-01-01T05:00:00Z'))
    expect(expiry('2999-01-01T00:00:00-05:00')).toEqual(new Date('2999-01-01T05:00:00Z'))
    expect(['1', '24', '8760'].map(newAt)).toEqual([1, 24, 8760])
    expect(['1', '30'].map(wholeWithin({ min: 1, max: 30 }))).toEqual([1, 30])
    expect(funnelName('sacarTarjeta')).toBe('sacarTarjeta')
    expect(interactions('INICIO, DNI,FIN')).toEqual(['INICIO', 'DNI', 'FIN'])
    expect(interactions(numbered(200).join())).toHaveLength(200)
  })

  const names = ['', ' ', '\u200d', 'a'.repeat(201)]
  const times = [
    '',
    'tomorrow',
    '2999-01-01',
    '2999-01-01T00:00:00',
    '2999-13-01T00:00:00Z',
    '2999-02-30T00:00:00Z',
  ]

  it.each<[string, (value: string) => unknown, string[]]>([
    ['codename', codename, ['', 'Acme', 'a b', 'exports', 'get-leads', 'a'.repeat(65)]],
    ['time zone', timeZone, ['', 'Mars', 'Lima', '+05:00']],
    [
      'email',
      email,
      ['', 'ana', 'a@b.example,c@d.example', 'Ana <ana@example.com>', 'a@b.example\r\nBcc: c@d.example'],
    ],
    ['scopes', scopes, ['', 'leads:eat', 'leads:read,', 'leads:read,leads:read']],
    ['time', instant, times],
    ['expiry', expiry, [...times, '2020-01-01T00:00:00Z']],
    ['hours', newAt, ['', '0', '-1', '1.5', '1e3', ' 24', '8761', '999999']],
    ['days', wholeBy(settingFields.retentionDays), ['', '0', '3651']],
    [
      'number',
      wholeWithin({ min: 2, max: 30 }),
      ['', '0', '1', '31', '-2', '2.5', '1e1', ' 3', '9999999999', '9'.repeat(400)],
    ],
    ['name of a workspace', textBy(settingFields.name), names],
    ['name of an owner', textBy(keyFields.ownerName), names],
    ['name of a chatbot', textBy(chatbotFields.name), names],
    ['owner of a chatbot', textBy(chatbotFields.ownerUserId), names],
    ['name of a group', textBy(groupFields.name), names],
    ['name of a funnel', funnelName, [...names, '123', '__proto__']],
    ['interactions', interactions, ['', 'A,,B', 'A,B,A', `A,${'b'.repeat(201)}`, numbered(201).join()]],
  ])('%s refuses what is wrong', (_, read, values) => {
    for (const value of values) expect(() => read(value)).toThrow(InvalidArgumentError)
  })

  it("says the rule's sentence, and which item of a list is meant", () => {
    expect(() => newAt('8761')).toThrow('Must be at most 8760.')
    expect(() => interactions('A,,B')).toThrow('Item 2: Must not be empty.')
  })
})
