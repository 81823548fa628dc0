import { lineText, nameField, onOneLine } from './fields.js'

/** A name, whether a person's may be so, whether anything else's may, and how a stored one is shown. */
const names: [name: string, ofPerson: boolean, ofThing: boolean, shown: string][] = [
  ['María Peña', true, true, 'María Peña'],
  ["O'Hara, Inc. <x>", true, true, "O'Hara, Inc. <x>"],
  ['  padded  ', true, true, 'padded'],
  ['Zoe\u0308', true, true, 'Zoe\u0308'],
  ['👩‍👩‍👧‍👦 familia', true, true, '👩‍👩‍👧‍👦 familia'],
  ['שלום עולם', true, true, 'שלום עולם'],
  ['می\u200cخواهم', true, true, 'می\u200cخواهم'],
  ['a\u200eb', true, true, 'a\u200eb'],
  ['a\u00a0b', true, true, 'a\u00a0b'],
  ['a\r\nBcc: evil@example.com', false, false, 'a Bcc: evil@example.com'],
  ['a\nb', false, false, 'a b'],
  ['a\rb', false, false, 'a b'],
  ['a\tb', false, false, 'a b'],
  ['a\0b', false, false, 'a b'],
  ['a\u001bb', false, false, 'a b'],
  ['a\u007fb', false, false, 'a b'],
  ['a\u0085b', false, false, 'a b'],
  ['a\u009fb', false, false, 'a b'],
  ['a\u2028b', false, false, 'a b'],
  ['a\u2029b', false, false, 'a b'],
  ['ends\n', false, false, 'ends'],
  ...Array.from('\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069').map(
    (mark): [string, boolean, boolean, string] => [`a${mark}b`, true, false, 'a b'],
  ),
  [' ', false, false, ''],
  ['\u200b', false, false, '\u200b'],
]

it.each(names)('judges and shows the name %j', (name, ofPerson, ofThing, shown) => {
  expect(lineText(200).safeParse(name).success).toBe(ofPerson)
  expect(nameField(200).safeParse(name).success).toBe(ofThing)
  expect(onOneLine(name)).toBe(shown)
})
