import { contactField, contactValue } from './contact-fields.js'

describe('what collected data fills of a lead', () => {
  it.each([
    ['nombre', 'name'],
    ['NOMBRE', 'name'],
    ['Nombre y Apellidos', 'name'],
    ['fullName', 'name'],
    ['first_name', 'name'],
    ['Apellido', 'lastName'],
    ['lastName', 'lastName'],
    ['correo', 'email'],
    ['Correo electrónico', 'email'],
    // Decomposed: the accent is a code point of its own.
    ['Correo electro\u0301nico:', 'email'],
    ['e-mail', 'email'],
    ['Email', 'email'],
    ['celular', 'phone'],
    ['N\u00famero de tel\u00e9fono', 'phone'],
    ['Phone number', 'phone'],
    ['WhatsApp', 'phone'],
  ])('%s is its %s', (name, field) => {
    expect(contactField(name)).toBe(field)
  })

  it.each([
    'DNI',
    'Ingreso',
    'Documento',
    'correo2',
    'nombre de la empresa',
    'company name',
    '',
    '¿?',
    '__proto__',
  ])('%s stays extra data', (name) => {
    expect(contactField(name)).toBeNull()
  })

  it.each([
    ['name', '  Ana Peña ', 'Ana Peña'],
    ['name', ' ', null],
    ['name', 'x'.repeat(201), null],
    ['email', ' Ana@Example.com ', 'Ana@Example.com'],
    ['email', 'no tengo', null],
    ['email', 'a@example.com, b@example.com', null],
    ['phone', '+51 987 654 321', '+51 987 654 321'],
    ['phone', '(01) 234-5678', '(01) 234-5678'],
    ['phone', '987–654–321', '987–654–321'],
    ['phone', '٠١٢٣٤٥٦٧٨', '٠١٢٣٤٥٦٧٨'],
    ['phone', '........123456', null],
    ['phone', 'no tengo', null],
    ['phone', '12345', null],
    ['phone', '=1+1234567', null],
    ['phone', '1'.repeat(21), null],
  ] as const)('as %s, %p is kept as %p', (field, told, kept) => {
    expect(contactValue(field, told)).toBe(kept)
  })
})
