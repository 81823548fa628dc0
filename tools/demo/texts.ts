import type { Choices } from './prng.js'

/** A family of four is one sign of seven code points and eleven UTF-16 units; a flag is two code points. */
const FAMILY = '👨‍👩‍👧‍👦'
const FLAG = '🇵🇪'

/** Whole names as people really send them, and as people send them who want to break something. */
export const nastyNames: Choices<string> = [
  `Ana María ${FAMILY}`,
  `Luis Ñahui ${FLAG}`,
  'Zoë 🏳️‍🌈 Müller',
  '👩🏽‍💻',
  'محمد عبد الرحمن',
  'فاطمة الزهراء',
  'משה לוי',
  'Samira سميرة Haddad',
  '田中 さくら',
  'Нина Кузнецова',
  // Decomposed: the accents are code points of their own.
  'José Núñez Ibáñez'.normalize('NFD'),
  'Begoña Peña'.normalize('NFD'),
  'Robert "Bob" Smith, Jr.',
  "Siobhán O'Brien-D'Angelo",
  'Pérez; Juan',
  'Carla\tTabs',
  '\tTab first',
  'Two\nLines',
  'Windows\r\nLines',
  '  spaces around  ',
  '=1+1',
  `=cmd|' /C calc'!A0`,
  '@SUM(A1)',
  '-2',
  '+1 Ana',
  '"',
  '""quoted""',
  '<b>Ana</b>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>&amp;',
  "Robert'); DROP TABLE leads;--",
  '%s %d {{name}} ${name}',
  'null',
  'NaN',
  '\\N',
  'back\\slash\\',
  'zero\u200bwidth and \u202eoverride',
  'Zalgo h̷͎͂ȇ̵̱l̴͈̇p̶̟̈́',
  'vertical\u000btab, bell\u0007',
]

export const nastyPhones: Choices<string> = [
  '+1-555-123-4567',
  '(01) 234-5678',
  '0051 987 654 321',
  '987654321',
  '0987654321',
  '+51 987 654 321',
  '+5',
  '+51987654321 anexo 12',
  'no tengo',
  '-2',
  '=1+1',
  '@987654321',
  '٠١٢٣٤٥٦٧٨',
]

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

/** What visitors and the bot say to each other. */
export const userLines: Choices<string> = [
  'Hola, quiero sacar una tarjeta',
  'buenas tardes 🙋🏻‍♀️',
  '¿Qué requisitos piden?',
  'mi DNI es 01234567',
  'ok',
  '👍🏽',
  'No entiendo :(',
  'Hi, do you speak English?',
  'gracias\nmuy amable',
  '"sí", dije que sí',
  '=1+1',
]

export const botLines: Choices<string> = [
  '¡Hola! Soy tu asistente. ¿En qué te puedo ayudar?',
  'Para continuar, indícame tu número de DNI (8 dígitos).',
  'Perfecto 👌 ¿Cuál es tu número de celular?',
  '¿Cuál es tu ingreso mensual en soles?',
  '¡Listo! Un asesor se comunicará contigo.',
  'No entendí; elige una opción:\n1. Tarjetas\n2. Préstamos\n3. Salir',
]
