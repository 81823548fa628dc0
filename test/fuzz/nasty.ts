import * as fc from 'fast-check'
import { verbatim } from './draft.js'

/** Text that has broken somebody's parser, query, log or page. */
const texts = [
  ...['', ' ', '\0', 'a\0b', '\ud800', 'x\udfff', '\r\nX-Injected: 1', '\t', '\u2028', '\ufeff', '\u200d'],
  ...["'", '"', '`', '\\', "'; DROP TABLE leads; --", "' OR '1'='1", '$1', '%', '%%', '_', '*', '\\N', '\\.'],
  ...['=1+1', '+51987654321', '@SUM(A1)', '<script>alert(1)</script>', '${7*7}', '{{7*7}}', '%s%n', '%2e%2e'],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'length',
    'null',
    'undefined',
    'NaN',
  ],
  ...[
    '../../etc/passwd',
    '..',
    '.',
    '/',
    '//',
    '\\\\',
    'a/b',
    'a\\b',
    '%252e%252e%252f',
    'exports/',
    'leads',
  ],
  ...[
    '👩‍👩‍👧‍👦',
    'שלום',
    'e\u0301',
    'ﷺ',
    '\u{10ffff}',
    '\uffff',
    'İ',
    'ß',
    'ſ',
    '\u202e',
    'x'.repeat(255),
    '💀'.repeat(300),
  ],
  ...[
    'x'.repeat(5000),
    '9'.repeat(400),
    '[]',
    '{}',
    'true',
    'lead_',
    'lead_1234567890ABCDEF',
    'exp_',
    'cb_',
    'sk-workspace_x',
  ],
  ...[
    'a@b',
    'a@b.c, d@e.f',
    'A <a@b.example>',
    'a@b.example\r\nBcc: c@d.example',
    'group: a@b.example;',
    'ä@b.example',
  ],
]

const numbers = [
  ...[
    '0',
    '-1',
    '-0',
    '1',
    '1.0',
    '1.5',
    '1e3',
    '0x10',
    '01',
    '+1',
    ' 1',
    '1 ',
    '١',
    '１',
    'Infinity',
    '1_000',
  ],
  ...['100', '101', '100000', '100001', '2147483647', '2147483648', '4294967296', '9007199254740991'],
  ...['9007199254740993', '9223372036854775807', '9223372036854775808', '1e400', '-9223372036854775809'],
]

const dates = [
  ...['2023-02-30', '2023-7-10', '20230710', 'now', 'today', 'infinity', '-infinity', 'epoch', '2026-01-01'],
  ...[
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '294277-01-01',
    '-4713-01-01',
    '+275760-09-13',
  ],
  ...['2026-01-01T24:00:00Z', '2026-01-01T00:00:00', '2026-06-30T23:59:60Z', '2026-01-01T00:00:00+14:59'],
  ...['0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59.999999-12:00', '2026-01-01T00:00:00.123456789Z'],
  ...['2026-01-01 00:00:00Z', '2026-01-01T00:00Z', '2026-W01-1', '2026-001', '1767225600', '2026-01-01BC'],
]

export const nastyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.constantFrom(...numbers) },
  { weight: 1, arbitrary: fc.constantFrom(...dates) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts)).map((two) => two.join('')),
  },
)

/** What no schema of ours asks for, of every JSON type, and numbers that JSON can spell and no machine can hold. */
export const nastyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: nastyText },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21, [], {}, [[]], [null], ''),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        '1e400',
        '-1e400',
        '-0',
        '9223372036854775808',
        '1e-400',
        '0.1e1',
        `1${'0'.repeat(400)}`,
        '01',
        'NaN',
      )
      .map(verbatim),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.array(nastyText, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(nastyText, nastyText, { maxKeys: 4, noNullPrototype: true }) },
)

/** Bytes that are no JSON document of an object, or only just one. */
export const nastyBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 1, max: 3000 }).map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
  fc
    .integer({ min: 1, max: 3000 })
    .map((depth) => Buffer.from('{"a":'.repeat(depth) + '1' + '}'.repeat(depth))),
  fc.integer({ min: 1, max: 2000 }).map((depth) => Buffer.from('[{"a":'.repeat(depth))),
  fc.integer({ min: 262_100, max: 262_200 }).map((length) => Buffer.from(`"${'x'.repeat(length - 2)}"`)),
  fc.json({ maxDepth: 2 }).map((json) => Buffer.from(json)),
  fc
    .constantFrom(
      '',
      ' ',
      'null',
      'true',
      '1',
      '"x"',
      '[]',
      '{}',
      '{',
      '}',
      '{"a"',
      '{"a":',
      '{a:1}',
      "{'a':1}",
      '{"a":1,}',
    )
    .map((text) => Buffer.from(text)),
  fc
    .constantFrom(
      '{"a":1}{"b":2}',
      '\ufeff{}',
      '{"a":1}\0',
      '{"\\u0000":1}',
      '{"a":"\\ud800"}',
      '{"__proto__":{"x":1}}',
      '/**/{}',
    )
    .map((text) => Buffer.from(text)),
  fc
    .constantFrom('7b2261223a22ff227d', '7b2261223a22c0af227d', '7b2261223a22eda080227d', 'fffe7b007d00')
    .map((hex) => Buffer.from(hex, 'hex')),
)
