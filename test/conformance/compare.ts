import { formOf } from './forms.js'

/**
 * What of a document's example is more, or less, than a shape. A path names fields as `data.email`, items as
 * `data[]`, the values of an object that is keyed by data as `funnels.*`; the whole is ''.
 */
export interface Rules {
  /** Objects whose keys are data: each value is shaped like the example's first. */
  maps?: readonly string[]
  /** Fields that may be null. */
  nullable?: readonly string[]
  /** Equal to the example, not only of its shape; fields it does not show may be there. */
  same?: readonly string[]
  /** Arrays with an equal of each of the example's items, and maybe more. */
  contains?: readonly string[]
  /** Arrays and maps that may be empty, though then their items were not seen. */
  mayBeEmpty?: readonly string[]
}

/** One part of an answer, and where it stands there. */
interface Found {
  path: string
  value: unknown
}

/**
 * Holds an answer against a document's example: every field there, nested the same, of the same JSON type and form;
 * every item of every array like the example's first. Fields beyond the example's are fine, and order does not matter.
 * @returns what differs, in words; empty when nothing does
 */
export const differences = (example: unknown, answer: unknown, rules: Rules = {}): string[] =>
  shapeDifferences(example, [{ path: '', value: answer }], '', rules)

/** Walks all places that one part of the example stands for at once, so that none of them goes unseen. */
function shapeDifferences(
  example: unknown,
  found: readonly Found[],
  pattern: string,
  rules: Rules,
): string[] {
  if (rules.same?.includes(pattern) === true) {
    return found.flatMap(({ path, value }) => valueDifferences(example, value, path))
  }
  const isNullable = rules.nullable?.includes(pattern) === true
  const wrong = found
    .filter(({ value }) => !(isNullable && value === null))
    .flatMap(({ path, value }) => {
      const problem = problemOf(example, value)
      return problem === null ? [] : [`${nameOf(path)}: ${problem}`]
    })
  const right = found.filter(({ value }) => problemOf(example, value) === null)
  if (right.length === 0) return wrong
  if (Array.isArray(example)) return [...wrong, ...itemDifferences(example, right, pattern, rules)]
  if (isObject(example)) return [...wrong, ...fieldDifferences(example, right, pattern, rules)]
  return wrong
}

function itemDifferences(
  example: readonly unknown[],
  found: readonly Found[],
  pattern: string,
  rules: Rules,
): string[] {
  if (rules.contains?.includes(pattern) === true) {
    return found.flatMap(({ path, value }) => missingItems(example, value as unknown[], path))
  }
  if (example.length === 0) return []
  const items = found.flatMap(({ path, value }) =>
    (value as unknown[]).map((item, index) => ({ path: `${path}[${index}]`, value: item })),
  )
  if (items.length === 0) return emptiness(pattern, rules)
  return shapeDifferences(example[0], items, `${pattern}[]`, rules)
}

function fieldDifferences(
  example: Record<string, unknown>,
  found: readonly Found[],
  pattern: string,
  rules: Rules,
): string[] {
  const fields = (name: string): Found[] =>
    found.flatMap(({ path, value }) =>
      isObject(value) && name in value ? [{ path: joined(path, name), value: value[name] }] : [],
    )
  if (rules.maps?.includes(pattern) === true) {
    const names = new Set(found.flatMap(({ value }) => Object.keys(value as object)))
    if (names.size === 0) return emptiness(pattern, rules)
    return shapeDifferences(
      Object.values(example)[0],
      [...names].flatMap(fields),
      joined(pattern, '*'),
      rules,
    )
  }
  return Object.keys(example).flatMap((name) => [
    ...found.flatMap(({ path, value }) => missingField(name, path, example, value as object)),
    ...shapeDifferences(example[name], fields(name), joined(pattern, name), rules),
  ])
}

/** What a missing field may have become is said with it: `_id` is missing (beside what is expected there is: id). */
function missingField(name: string, path: string, example: object, value: object): string[] {
  if (name in value) return []
  const others = Object.keys(value).filter((other) => !(other in example))
  const hint = others.length === 0 ? '' : ` (not in the document: ${others.join(', ')})`
  return [`${joined(path, name)}: is missing${hint}`]
}

const emptiness = (pattern: string, rules: Rules): string[] =>
  rules.mayBeEmpty?.includes(pattern) === true ? [] : [`${nameOf(pattern)}: is empty, so no item was checked`]

const missingItems = (example: readonly unknown[], items: readonly unknown[], path: string): string[] =>
  example
    .filter((wanted) => items.every((item) => valueDifferences(wanted, item, '').length > 0))
    .map((wanted) => `${nameOf(path)}: has no ${JSON.stringify(wanted)}`)

/** Equality, but for fields that the example does not show. */
function valueDifferences(example: unknown, value: unknown, path: string): string[] {
  if (kindOf(example) === kindOf(value)) {
    if (Array.isArray(example) && Array.isArray(value)) {
      if (example.length !== value.length)
        return [`${nameOf(path)}: has ${value.length} items, the document has ${example.length}`]
      return example.flatMap((item, index) => valueDifferences(item, value[index], `${path}[${index}]`))
    }
    if (isObject(example) && isObject(value)) {
      return Object.keys(example).flatMap((name) => {
        const missing = missingField(name, path, example, value)
        return missing.length > 0 ? missing : valueDifferences(example[name], value[name], joined(path, name))
      })
    }
    if (example === value) return []
  }
  return [`${nameOf(path)}: is ${shown(value)}, the document has ${shown(example)}`]
}

/** Of another type than the example, or a text of another form. */
function problemOf(example: unknown, value: unknown): string | null {
  if (kindOf(example) !== kindOf(value)) {
    return `is ${shown(value)}, of type ${kindOf(value)}; the document has type ${kindOf(example)}`
  }
  if (typeof example !== 'string' || typeof value !== 'string') return null
  const form = formOf(example)
  return form?.test(value) === false ? `is ${shown(value)}, not like ${shown(example)}` : null
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

const isObject = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'object'

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
const nameOf = (path: string): string => (path === '' ? 'the body' : path)

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
