import { makerOf } from './object-key.js'

it.each([
  [
    'exp_0123456789abcdef-1/archive/demo/csv/exports/all/2026-01-01-exp_0123456789abcdef.csv',
    'exp_0123456789abcdef',
    1,
  ],
  ['day_0123456789abcdef-12/archive/demo/csv/leads/a-b-c/2026-01-01.zip', 'day_0123456789abcdef', 12],
])('%s is ours', (key, holder, epoch) => {
  expect(makerOf(key)).toEqual({ holder, epoch })
})

it.each([
  'leadferry-instance.json',
  'exp_0123456789abcdef/archive/demo/csv/x.csv',
  'exp_0123456789abcdef-1',
  'exp_0123456789abcdef-0/x',
  'exp_0123456789abcdef-01/x',
  'exp_0123456789abcdef-9999999999/x',
  'exp_0123456789ABCDEF-1/x',
  'exp_0123456789abcde-1/x',
  'backups/exp_0123456789abcdef-1/x',
  '\nexp_0123456789abcdef-1/x',
  '',
])('%j is not', (key) => {
  expect(makerOf(key)).toBeNull()
})
