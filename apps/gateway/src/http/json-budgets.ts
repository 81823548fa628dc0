/** The deepest nesting of a body, its own braces counted: PostgreSQL and JavaScript both read JSON by recursion. */
export const MAX_DEPTH = 32

/**
 * How much a JSON text may hold. Bytes alone do not bound what JSON.parse costs: 4 MB of brackets become a hundred times as
 * much memory. A text that is over its budget is not parsed.
 */
export interface JsonBudget {
  /** Keys of all objects together. */
  keys: number
  /** Keys and values together; a list or an object is a value too. */
  tokens: number
}

/** Of a body that is one object. The largest that a schema allows is a funnel with 100 groups, which has 20,000 tokens. */
export const BODY_BUDGET: JsonBudget = { keys: 4000, tokens: 32_000 }

/** Of one item of a batch. An event with 50 collected data has 115 keys and 281 tokens. */
export const ITEM_BUDGET: JsonBudget = { keys: 250, tokens: 1000 }

/** Of a whole batch: 1,000 events with 50 collected data each fit. */
export const BATCH_BUDGET: JsonBudget = { keys: 150_000, tokens: 400_000 }
