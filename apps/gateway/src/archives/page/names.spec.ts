import { folderName, stepsTo } from './names.js'
import { archiveTexts } from './texts.js'

const id = '5970d180adf62b28c8630566'

it.each([
  ['leads', { name: 'Leads' }],
  ['messageUsers', { name: 'Users' }],
  ['all', { name: 'All accounts' }],
  ['constructor', { name: 'constructor' }],
  [`my-shop-web_chat-${id}`, { name: 'my-shop', detail: `web_chat · ${id}` }],
  [`api-api-${id}`, { name: 'api', detail: `api · ${id}` }],
  [id, { name: id }],
])('the folder %s', (segment, name) => {
  expect(folderName(segment, archiveTexts.en)).toEqual(name)
})

it('the way to a file is its folders', () => {
  expect(stepsTo('leads/a-b-c/2024-01-01.zip')).toEqual([
    { segment: 'leads', folder: 'leads/' },
    { segment: 'a-b-c', folder: 'leads/a-b-c/' },
  ])
  expect(stepsTo('')).toEqual([])
})
