import { giveWay } from '#core'
import { abuses, type AbuseName } from './abuses/abuses.js'
import { serve } from '../helper-process.js'
import type { Outcomes } from './outcome.js'
import type { Target } from './target.js'

export interface AbuseTask {
  abuse: AbuseName
  target: Target
}

/** The load shares the machine with the product: it gets what the product leaves. */
const NICE = 15

giveWay(NICE)
const { abuse, target } = JSON.parse(process.argv[2] ?? '') as AbuseTask
const outcomes: Outcomes = {}
await serve(async () => ({
  work: await abuses[abuse].prepare(target, outcomes),
  found: () => outcomes,
}))
