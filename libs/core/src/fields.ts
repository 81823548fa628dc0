import { z } from 'zod'

// What rules of input are made of, for requests as for the command line: one rule can not drift from itself.

/** Text with a limit in characters, which are code points, to zod as to JSON Schema. */
export const text = (max: number) => z.string('Must be text').max(max, `Must have at most ${max} characters`)

/** Something to see: neither white space nor what takes no room, such as a zero-width joiner on its own. */
const visible = /[^\s\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u

export const saysSomething = (given: string): boolean => visible.test(given)

/** Text that says something. */
export const requiredText = (max: number) =>
  text(max).min(1, 'Must not be empty').refine(saysSomething, 'Must not be empty')

/**
 * Characters that start a line or do something other than show: control characters (Unicode category Cc: C0, DEL and
 * C1) and the line and paragraph separators (Zl, Zp).
 */
const controls = /[\p{Cc}\p{Zl}\p{Zp}]/u
/** Embeddings, overrides and isolates, which show text in another order than it has (Unicode Standard Annex 9, section 2). */
const directions = /[\u202a-\u202e\u2066-\u2069]/u

export const isOneLine = (given: string): boolean => !controls.test(given)
export const NOT_ONE_LINE = 'Must not have control characters'

/** Text that stays on one line, as the name of a person does whatever script it is in. */
export const lineText = (max: number) => requiredText(max).refine(isOneLine, NOT_ONE_LINE)

/** The name that something is called by, in lists, mails and URLs. */
export const nameField = (max: number) =>
  lineText(max).refine(
    (given) => !directions.test(given),
    'Must not have characters that change the direction',
  )

/** Shows on one line, and in its own order, a name that was stored before the rule above. */
export const onOneLine = (stored: string): string =>
  stored.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()

export const integerField = ({ min, max }: { min: number; max: number }) =>
  z.int('Must be an integer').min(min, `Must be at least ${min}`).max(max, `Must be at most ${max}`)
