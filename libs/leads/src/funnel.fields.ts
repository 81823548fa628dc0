import { z } from 'zod'
import { integerField, nameField } from '#core'

const interactions = z
  .array(nameField(200), 'Must be a list of names')
  .min(1, 'Must not be empty')
  .max(200, 'Must have at most 200 names')
  .refine((names) => new Set(names).size === names.length, 'Must not name one twice')

export const funnelFields = {
  // Keys of the object that /lead/funnels answers: JavaScript would sort digits first and lose __proto__.
  name: nameField(200).refine(
    (name) => !/^\d+$/.test(name) && name !== '__proto__',
    'Must not be all digits, nor __proto__',
  ),
  interactions,
}

export const groupFields = {
  name: nameField(200),
  doubleCounting: z.boolean('Must be true or false'),
  /** Hours. */
  newAt: integerField({ min: 1, max: 8760 }),
  interactions,
}
