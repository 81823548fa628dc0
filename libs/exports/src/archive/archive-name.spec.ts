import { downloadName, isArchiveFolder, isArchiveName } from './archive-name.js'

const names = [
  'exports/all/2024-01-15-exp_1234567890abcdef.csv.gz',
  'exports/5970d180adf62b28c8630566/2024-01-15-exp_1234567890abcdef.xlsx',
  'funnels/my-shop-web_chat-5970d180adf62b28c8630566/2021-05-01.zip',
  'messageUsers/a..b/x',
  'x'.repeat(512),
]
const others = [
  '../leads/x.zip',
  'leads/../../x.zip',
  'leads/..',
  'leads/./x',
  'leads/.../x',
  '%2e%2e%2fleads',
  '%252e%252e%252fleads',
  '/leads/x.zip',
  'leads\\x.zip',
  'leads//x.zip',
  'leads/x.zip\0',
  'leads/x\n.zip',
  'leads/ñ.zip',
  'leads/ .zip',
  'x'.repeat(513),
]

it.each(names)('%p is a name', (name) => {
  expect([isArchiveName(name), isArchiveFolder(name)]).toEqual([true, true])
})

it.each(others)('%p is none, nor a folder', (name) => {
  expect([isArchiveName(name), isArchiveFolder(name)]).toEqual([false, false])
})

it.each(['', 'leads/', 'leads/a-b-c/'])('%p is a folder, and no name', (prefix) => {
  expect([isArchiveName(prefix), isArchiveFolder(prefix)]).toEqual([false, true])
})

it.each(['/', '//', 'leads//'])('%p is neither', (prefix) => {
  expect([isArchiveName(prefix), isArchiveFolder(prefix)]).toEqual([false, false])
})

it.each([
  ['exports/all/2024-01-15-exp_1234567890abcdef.csv.gz', '2024-01-15-exp_1234567890abcdef.csv.gz'],
  [
    'funnels/mi-tienda-web_chat-5970d180adf62b28c8630566/2021-05-01.zip',
    'funnels-mi-tienda-web_chat-2021-05-01.zip',
  ],
  [
    'leads/account-webchattonic-accountId/2021-05-01.zip',
    'leads-account-webchattonic-accountId-2021-05-01.zip',
  ],
])('%s is downloaded as %s', (name, download) => {
  expect(downloadName(name)).toBe(download)
})
