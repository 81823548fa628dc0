import { foldLead, patchTold, type ToldEvent } from './lead-fold.js'

const event = (id: string, minute: number, ...data: [string, string][]): ToldEvent => ({
  id,
  time: `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000000Z`,
  data: data.map(([name, cxt]) => ({ name, cxt })),
})

describe('a lead of events', () => {
  it('has of each field what was told last, whatever came first', () => {
    const events = [
      event('a', 1, ['Correo', 'a@example.com'], ['DNI', '1']),
      event('c', 3, ['Email', 'C@example.com'], ['Celular', 'no tengo']),
      event('b', 2, ['Celular', '987654321'], ['DNI', '2']),
    ]
    const lead = foldLead(undefined, events, 'Profile')
    expect(lead).toMatchObject({
      ...{ name: 'Profile', email: 'C@example.com', phone: '987654321', metadata: { DNI: '2' } },
      ...{ created_at: '2026-03-01T10:01:00.000000Z', updated_at: '2026-03-01T10:03:00.000000Z' },
    })
    const oneByOne = events.reduceRight<ReturnType<typeof foldLead> | undefined>(
      (before, one) => foldLead(before, [one], 'Profile'),
      undefined,
    )
    expect(oneByOne).toEqual(lead)
  })

  it('of two of one moment, has that of the later id', () => {
    const events = [event('b', 1, ['DNI', 'b']), event('a', 1, ['DNI', 'a'])]
    expect(foldLead(undefined, events, null).metadata).toEqual({ DNI: 'b' })
  })

  it('keeps a hundred names, and what was typed by hand beside them', () => {
    const born = foldLead(undefined, [event('a', 0)], null)
    const told = patchTold(born.told, { metadata: {} }, '2026-03-01T10:01:00.000000Z')
    const patched = { ...born, told, metadata: { note: 'by hand' } }
    const names = Array.from({ length: 100 }, (_, n): [string, string] => [
      `n${String(n).padStart(3, '0')}`,
      '',
    ])
    const full = foldLead(patched, [event('b', 2, ...names), event('c', 3, ['note', 'told'])], null)
    expect(full.metadata).toEqual({ ...Object.fromEntries(names), note: 'by hand' })
    const other = foldLead(patched, [event('c', 3, ['a', 'first of all']), event('b', 2, ...names)], null)
    expect(Object.keys(other.metadata).sort()).toEqual([
      'a',
      ...names.slice(0, 99).map(([name]) => name),
      'note',
    ])
  })

  it.each([
    ['Ana', 'Peña', 'Ana Peña'],
    ['Ana Peña', 'peña', 'Ana Peña'],
    ['', 'Peña', 'Peña'],
  ])('told %p and %p is called %p', (name, lastName, called) => {
    const lead = foldLead(undefined, [event('a', 1, ['Nombre', name], ['Apellido', lastName])], null)
    expect(lead.name).toBe(called)
  })
})
