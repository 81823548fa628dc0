import { csvRoot } from './archive-root.js'

const models = ['funnels', 'leads', 'messageUsers', 'messages'].map((prefix) => ({
  prefix,
  complete: `${prefix}/`,
}))

it('the four models are at the root whatever there is', () => {
  expect(csvRoot([])).toEqual(models)
})

it('beside what else is there, each once', () => {
  const exported = { prefix: 'exports', complete: 'exports/' }
  expect(csvRoot([exported, models[1]!])).toEqual([exported, ...models])
})

it('behind one of them', () => {
  expect(csvRoot([], 'leads/')).toEqual(models.slice(2))
  expect(csvRoot([], 'messages/')).toEqual([])
})
