import { mailAddress } from '#core'
import { generateLeads, type SampleLead } from './leads.js'
import { Random } from '../generate/prng.js'

function sample(seed: number, count: number): SampleLead[] {
  const leads = generateLeads(new Random(seed))
  return Array.from({ length: count }, () => leads.next().value)
}

describe('generated leads', () => {
  const leads = sample(7, 20_000)

  it('are the same for the same seed, and others for another', () => {
    expect(sample(7, 500)).toEqual(leads.slice(0, 500))
    expect(sample(8, 500)).not.toEqual(leads.slice(0, 500))
  })

  it('have addresses that the create API takes: valid ones, each once whatever its case', () => {
    expect(leads.filter(({ email }) => !mailAddress.safeParse(email).success)).toEqual([])
    expect(new Set(leads.map(({ email }) => email.toLowerCase())).size).toBe(leads.length)
  })

  it('hold only text that PostgreSQL stores: no NUL, no half of a surrogate pair', () => {
    // JSON.stringify writes both as escapes.
    expect(leads.filter((lead) => /\\u(0000|d[89a-f])/.test(JSON.stringify(lead)))).toEqual([])
  })

  it.each<[string, (lead: SampleLead) => boolean]>([
    ['a formula for a name', ({ name }) => name === '=1+1'],
    ['a name of several lines', ({ name }) => /\n/.test(name)],
    ['a decomposed name', ({ name }) => name !== name.normalize('NFC')],
    ['a family emoji', ({ name }) => name.includes('👨‍👩‍👧‍👦')],
    ['a name written from right to left', ({ name }) => /[\u0590-\u06ff]/.test(name)],
    ['a name with quotes and a comma', ({ name }) => /".*,/.test(name)],
    ['a phone with a plus', ({ phone }) => /^\+\d{6,15}$/.test(phone ?? '')],
    ['a phone that is none', ({ phone }) => phone === 'no tengo'],
    ['no phone', ({ phone }) => phone === null],
    ['a leading zero', ({ metadata }) => /^0\d{7}$/.test(String(metadata['dni']))],
    ['a list in the metadata', ({ metadata }) => Array.isArray(metadata['interests'])],
    ['a text too long for a spreadsheet', ({ metadata }) => String(metadata['notes']).length > 32_767],
  ])('include %s', (_, holds) => {
    expect(leads.some(holds)).toBe(true)
  })
})
