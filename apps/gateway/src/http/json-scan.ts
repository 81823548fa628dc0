import type { ErrorDetails } from '#core'
import { type JsonBudget, MAX_DEPTH } from './json-budgets.js'
import { endOfText, JsonPlaces } from './json-places.js'
import { shown } from './json-text.js'

/** Items of a batch lie in a list in an object. */
const LIST_DEPTH = 2

/** The list whose items have a budget of their own. */
export interface ItemList {
  /** The field of the body that holds the list. */
  field: string
  budget: JsonBudget
}

/** An item that is over its budget, and the bytes from `start` to before `end` that it takes. */
export interface ExcessiveItem {
  index: number
  start: number
  end: number
  excess: ErrorDetails
}

export interface JsonScan {
  /** Keys of the text, without those of excessive items. */
  keys: number
  items: ExcessiveItem[]
  /** Why the text is over its budget, where it is. */
  excess?: ErrorDetails
  isTooDeep: boolean
}

/** What a byte outside of texts means. The rest is white space, or an error that JSON.parse finds. */
const [NOTHING, TEXT, SCALAR, COLON, COMMA, OPEN, CLOSE] = [0, 1, 2, 3, 4, 5, 6] as const
const meanings = new Uint8Array(256).fill(NOTHING)
const scalars = '-+.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
for (const [marks, meaning] of [
  ['"', TEXT],
  [scalars, SCALAR],
  [':', COLON],
  [',', COMMA],
  ['[{', OPEN],
  [']}', CLOSE],
] as const)
  for (const mark of marks) meanings[mark.charCodeAt(0)] = meaning
const LIST = '['.charCodeAt(0)

const meaningOf = (json: Buffer, at: number): number => meanings[json[at] ?? 0] ?? NOTHING

/**
 * Counts depth, keys and tokens on the raw bytes, in one pass that allocates nothing per token, and gives up at the first
 * limit. An item of a batch that is over its own budget is skipped and reported, because it must not refuse the others.
 *
 * It checks no syntax: what it says of a text that is not JSON does not matter, because JSON.parse refuses the text.
 */
export const scanJson = (json: Buffer, budget: JsonBudget, list?: ItemList): JsonScan =>
  new JsonScanner(json, budget, list).scan()

/** Whether a text closes every bracket that it opens. */
export function isClosed(json: Buffer): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const meaning = meaningOf(json, at)
    if (meaning === OPEN) depth++
    else if (meaning === CLOSE) depth--
    else if (meaning === TEXT) at = endOfText(json, at)
  }
  return depth <= 0
}

class JsonScanner {
  private keys = 0
  private tokens = 0
  private depth = 0
  /** Keys and tokens that have been seen when the limit is reached. */
  private maxKeys: number
  private maxTokens: number
  private maxDepth = MAX_DEPTH
  private isInList = false
  /** Of excessive items, which are not parsed. */
  private skippedKeys = 0
  /** Where the item begins that is being read, and the keys before it. */
  private itemStart: number | undefined
  private itemKeys = 0
  private itemExcess: ErrorDetails | undefined
  private excess: ErrorDetails | undefined
  private readonly items: ExcessiveItem[] = []
  private readonly places: JsonPlaces

  constructor(
    private readonly json: Buffer,
    private readonly budget: JsonBudget,
    private readonly list: ItemList | undefined,
  ) {
    this.maxKeys = budget.keys
    this.maxTokens = budget.tokens
    this.places = new JsonPlaces(json)
  }

  scan(): JsonScan {
    const { json } = this
    for (let at = 0; at < json.length; at++) {
      switch (meaningOf(json, at)) {
        case TEXT:
          this.tokens++
          at = this.places.text(at, endOfText(json, at))
          break
        case SCALAR:
          this.tokens++
          while (meaningOf(json, at + 1) === SCALAR) at++
          break
        case COLON:
          this.keys++
          this.places.name(this.depth)
          break
        case COMMA:
          this.places.next(this.depth)
          continue
        case OPEN:
          this.tokens++
          this.open(at)
          break
        case CLOSE:
          this.close(at)
          continue
        default:
          continue
      }
      if (this.keys <= this.maxKeys && this.tokens <= this.maxTokens && this.depth <= this.maxDepth) continue
      if (this.exceed()) break
    }
    this.endItem(json.length)
    const { keys, skippedKeys, items, excess, depth } = this
    return { keys: keys - skippedKeys, items, excess, isTooDeep: excess !== undefined && depth > MAX_DEPTH }
  }

  private open(at: number): void {
    const isList = this.json[at] === LIST
    if (this.isInList && this.depth === LIST_DEPTH) this.beginItem(at)
    this.depth++
    this.places.open(this.depth, isList)
    if (this.list !== undefined && this.depth === LIST_DEPTH)
      this.isInList = isList && this.places.isNamed(1, this.list.field)
  }

  private beginItem(at: number): void {
    const { keys, tokens } = this.list?.budget ?? this.budget
    this.itemStart = at
    this.itemKeys = this.keys
    // Its own bracket has been counted.
    this.limit(this.keys + keys, this.tokens - 1 + tokens, MAX_DEPTH)
  }

  private close(at: number): void {
    if (this.depth === 0) return
    this.depth--
    if (this.depth === LIST_DEPTH) this.endItem(at + 1)
  }

  private endItem(end: number): void {
    if (this.itemStart === undefined) return
    if (this.itemExcess !== undefined) {
      const index = this.places.index(LIST_DEPTH)
      this.items.push({ index, start: this.itemStart, end, excess: this.itemExcess })
      this.skippedKeys += this.keys - this.itemKeys
    }
    this.itemStart = undefined
    this.itemExcess = undefined
    this.limit(this.budget.keys, this.budget.tokens, MAX_DEPTH)
  }

  /** @returns whether the whole text is over its budget */
  private exceed(): boolean {
    const { keys, tokens } = this.budget
    if (this.itemStart === undefined || this.keys > keys || this.tokens > tokens) {
      this.excess = this.excessOf(0, this.keys)
      return true
    }
    this.itemExcess = this.excessOf(LIST_DEPTH, this.keys - this.itemKeys)
    this.limit(keys, tokens, Infinity)
    return false
  }

  private limit(keys: number, tokens: number, depth: number): void {
    this.maxKeys = Math.min(keys, this.budget.keys)
    this.maxTokens = Math.min(tokens, this.budget.tokens)
    this.maxDepth = depth
  }

  /** @param base depth of what holds the text or item whose budget it is */
  private excessOf(base: number, keys: number): ErrorDetails {
    const budget = base === 0 || this.list === undefined ? this.budget : this.list.budget
    const field = this.depth > base + 1 ? shown(this.places.step(base + 1)) : undefined
    const has = (amount: string) =>
      field === undefined && base === 0 ? `The body has ${amount}` : `Has ${amount}`
    const message =
      this.depth > this.maxDepth
        ? `Is nested deeper than ${MAX_DEPTH} levels`
        : keys > budget.keys
          ? has(`more than ${budget.keys} keys`)
          : has(`more than ${budget.tokens} keys and values`)
    return { ...(field !== undefined && { field }), message }
  }
}
