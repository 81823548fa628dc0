import { mailAddress } from './address.js'

it.each([
  'john.doe@example.com',
  'a+b@sub.example.co',
  "o'hara@example.com",
  'x@a-b.io',
  `${'a'.repeat(64)}@example.com`,
])('takes %p', (address) => {
  expect(mailAddress.parse(address)).toBe(address)
})

it.each([
  '',
  'invalid-email',
  'a@b',
  '@example.com',
  'a@',
  'a..b@example.com',
  '.a@example.com',
  'a@-x.com',
  'a@x..com',
  'u@x.com\r\nBcc: evil@x.com',
  'u@x.com\n',
  'a@x.com,b@x.com',
  'a@x.com b@x.com',
  'group: a@x.com;',
  'Ana <a@x.com>',
  '<a@x.com>',
  'a@[127.0.0.1]',
  '"a b"@x.com',
  'a@x.com\u0000',
  'ñ@x.com',
  `${'a'.repeat(65)}@example.com`,
  `a@${'x'.repeat(250)}.com`,
])('refuses %p', (address) => {
  expect(mailAddress.safeParse(address).success).toBe(false)
})
