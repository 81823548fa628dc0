import { differences } from './compare.js'

describe('the comparer', () => {
  const lead = { id: 0, created_at: 'string', phone: 'string' }

  it('takes what has every field in its type, in any order and with more beside', () => {
    const answer = { pagination: {}, data: [{ phone: '+51', extra: 1, created_at: 'x', id: 7 }] }
    expect(differences({ data: [lead] }, answer)).toEqual([])
  })

  it.each([
    [
      'a number as text',
      { ...lead, id: '7' },
      'data[0].id: is "7", of type string; the document has type number',
    ],
    ['null', { ...lead, phone: null }, 'data[0].phone: is null, of type null; the document has type string'],
    [
      'an object for a text',
      { ...lead, phone: {} },
      'data[0].phone: is {}, of type object; the document has type string',
    ],
    ['a field left out', { id: 0, phone: '' }, 'data[0].created_at: is missing'],
    [
      'a field renamed',
      { _id: 0, created_at: '', phone: '' },
      'data[0].id: is missing (not in the document: _id)',
    ],
  ])('tells of %s', (_what, item, said) => {
    expect(differences({ data: [lead] }, { data: [item] })).toEqual([said])
  })

  it('looks at every item, not at the first', () => {
    const answer = { data: [lead, { ...lead, id: '2' }, { ...lead, phone: null }] }
    expect(differences({ data: [lead] }, answer)).toHaveLength(2)
  })

  it('takes null where it may be', () => {
    const rules = { nullable: ['data[].phone'] }
    expect(differences({ data: [lead] }, { data: [{ ...lead, phone: null }] }, rules)).toEqual([])
    expect(differences({ data: [lead] }, { data: [{ ...lead, id: null }] }, rules)).toHaveLength(1)
  })

  it('an empty list proves nothing about its items', () => {
    const said = ['data: is empty, so no item was checked']
    expect(differences({ data: [lead] }, { data: [] })).toEqual(said)
    expect(differences({ data: [lead] }, { data: [] }, { mayBeEmpty: ['data'] })).toEqual([])
  })

  it('a list within items needs one in any of them', () => {
    const example = { objects: [{ extraData: [{ name: 'DNI', cxt: '1' }] }] }
    const first = { extraData: [] }
    expect(differences(example, { objects: [first] })).toEqual([
      'objects[].extraData: is empty, so no item was checked',
    ])
    expect(differences(example, { objects: [first, { extraData: [{ name: 'DNI', cxt: '2' }] }] })).toEqual([])
    expect(differences(example, { objects: [first, { extraData: [{ name: 'DNI', cxt: 2 }] }] })).toEqual([
      'objects[1].extraData[0].cxt: is 2, of type number; the document has type string',
    ])
  })

  it('an array is no object, a body may be anything', () => {
    expect(differences({ funnels: { a: 1 } }, { funnels: [] })).toHaveLength(1)
    expect(differences({ a: 1 }, null)).toEqual([
      'the body: is null, of type null; the document has type object',
    ])
  })

  it('reads keys that are data as such', () => {
    const example = { funnels: { sacarTarjeta: { newAt: 24 } } }
    const rules = { maps: ['funnels'] }
    expect(differences(example, { funnels: { other: { newAt: 1 } } }, rules)).toEqual([])
    expect(differences(example, { funnels: { a: { newAt: 1 }, b: { newAt: '1' } } }, rules)).toEqual([
      'funnels.b.newAt: is "1", of type string; the document has type number',
    ])
    expect(differences(example, { funnels: {} }, rules)).toEqual([
      'funnels: is empty, so no item was checked',
    ])
  })

  it.each([
    ['2019-09-13T20:29:06.684Z', '2019-09-13T20:29:06Z'],
    ['5d7bfc1298317f98fa111f99', '123'],
    ['lead_1234567890abcdef', '5d7bfc1298317f98fa111f99'],
    ['https://s3.amazonaws.com/a', '/a'],
  ])('a text that clients parse keeps its form: %s', (documented, other) => {
    expect(differences({ a: documented }, { a: documented })).toEqual([])
    expect(differences({ a: documented }, { a: other })).toEqual([
      `a: is "${other}", not like "${documented}"`,
    ])
  })

  it('holds to the letter what has to be the same', () => {
    const example = { code: 'X', details: { list: [1, 2], message: 'no' } }
    const answer = { code: 'X', requestId: '1', details: { list: [1, 2], message: 'no', more: 1 } }
    expect(differences(example, answer, { same: [''] })).toEqual([])
    expect(
      differences(example, { ...answer, details: { list: [1], message: 'yes' } }, { same: [''] }),
    ).toEqual([
      'details.list: has 1 items, the document has 2',
      'details.message: is "yes", the document has "no"',
    ])
    expect(differences(example, { code: 'Y', details: example.details }, { same: ['details'] })).toEqual([])
    expect(differences(example, { code: 'X' }, { same: ['details'] })).toEqual(['details: is missing'])
  })

  it("knows a list that has each of the document's items", () => {
    const example = { objects: [{ prefix: 'leads' }, { prefix: 'messages' }] }
    const rules = { contains: ['objects'] }
    const leads = { prefix: 'leads', size: 1 }
    expect(
      differences(example, { objects: [{ prefix: 'exports' }, { prefix: 'messages' }, leads] }, rules),
    ).toEqual([])
    expect(differences(example, { objects: [leads] }, rules)).toEqual([
      'objects: has no {"prefix":"messages"}',
    ])
  })
})
