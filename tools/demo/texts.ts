import { FAMILY, FLAG } from '../generate/nasty.js'
import type { Choices } from '../generate/prng.js'

/** What an agent or a visitor wrote: free text, with everything a delimiter or a parser could trip over. */
export const notes: Choices<string> = [
  'Llamar después de las 6 p. m.',
  'Pidió información; no contestó el teléfono.',
  'Dice: "mañana, sí o sí"',
  'Primera línea\nSegunda línea\n\nCuarta línea',
  'Windows\r\nusa dos signos',
  'a,b;c\td|e',
  '=HYPERLINK("http://example.com";"clic")',
  '@SUM(A1:A9)',
  '-2+3',
  '+51987654321',
  '007',
  `Muy amable ${FAMILY} ${FLAG} 👍🏽`,
  'مهتم بالبطاقة، اتصل غداً',
  'Interested in the gold card, call back on Monday',
  '<p>Copiado de un <b>correo</b> &amp; pegado</p>',
  '{"json":"dentro de texto"}',
  'true',
  '1e5',
  '2024-02-30',
  '12/31/2024',
  ' ',
]

export const companies: Choices<string> = [
  'Tech Corp',
  'Panadería "El Sol", S.A.',
  'Müller & Söhne GmbH',
  'Inversiones Ñandú; Hnos. S.A.C.',
  'Estudio O’Higgins',
  'Ferretería 3 Hermanos',
  '=Igual S.A.',
  'Clínica San José',
  'Café Lima 🇵🇪',
  'Acme, Inc.',
  'شركة النور',
  '株式会社さくら',
]

export const jobTitles: Choices<string> = [
  'Marketing Manager',
  'Jefa de compras',
  'Gerente de operaciones',
  'Analista "senior"',
  'Dueño',
  'Enfermera',
  'Software engineer',
  'Docente; investigadora',
  'Estudiante',
  '-',
]

export const campaigns: Choices<string> = [
  'spring_2024',
  'verano-2025',
  'dia_de_la_madre',
  'Día de la Madre ❤️',
  'black friday; 50% off',
  'campaña "ñandú"',
  'brand,search,lima',
  '+leads',
  '2025-Q1',
]
