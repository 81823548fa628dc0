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

export const integerField = ({ min, max }: { min: number; max: number }) =>
  z.int('Must be an integer').min(min, `Must be at least ${min}`).max(max, `Must be at most ${max}`)
