import type { Choices } from './prng.js'

/** A family of four is one sign of seven code points and eleven UTF-16 units; a flag is two code points. */
export const FAMILY = '👨‍👩‍👧‍👦'
export const FLAG = '🇵🇪'

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

/** What people type into a chat besides words: whatever a delimiter, a parser or a spreadsheet could trip over. */
export const nastyLines: Choices<string> = [
  'gracias\nmuy amable',
  '"sí", dije que sí',
  '=1+1',
  '@todos',
  '- uno\r\n- dos',
  'a;b,c\td|e',
  `${FAMILY} ${FLAG} 👍🏽`,
  'مرحبا، كيف الحال؟',
  '<script>alert(1)</script>',
  '{"text":"JSON dentro de un mensaje"}',
  "'; DROP TABLE messages; --",
  '?'.repeat(60),

  '¿Están ahí? '.repeat(120).trim(),
]
