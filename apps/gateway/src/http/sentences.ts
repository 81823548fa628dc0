import type { z } from 'zod'

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
}

/**
 * Our sentence for what a schema has no message of its own for, so that no wording of the library, which
 * changes with its versions, ever reaches a client.
 */
export const sentenceOf: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `Must be ${kinds[issue.expected] ?? 'something else'}`
    case 'invalid_value':
      return `Must be one of ${issue.values.join(', ')}`
    case 'too_small':
      return `${amount(issue.origin)} at least ${issue.minimum}`
    case 'too_big':
      return `${amount(issue.origin)} at most ${issue.maximum}`
    case 'unrecognized_keys':
      return 'Is not a known field'
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return 'Is not as it must be'
  }
}

/** Of text, the length is meant; of a list, the count. */
const amount = (origin: string): string =>
  ['string', 'array', 'set', 'map', 'file'].includes(origin) ? 'Must have a length of' : 'Must be'
