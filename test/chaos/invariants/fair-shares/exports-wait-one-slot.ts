import type { Finding } from '../evidence.js'
import type { FairShare } from './fair-share.js'

const name = 'exports-wait-one-slot'

/** A worker that a message did not wake looks for work once a second in these runs. */
const WAKING_MS = 1000

/** An export waits for no more than one export of the other tenant to end, and its file can be downloaded. */
export const exportsWaitOneSlot: FairShare = {
  name,
  check: ({ idle, rounds }) => [
    ...failed('while nobody else did anything', idle.errands.exportWaitMs, Infinity),
    ...idle.errands.refusals.map((what) => finding(`while nobody else did anything, ${what}`)),
    ...rounds.flatMap(({ abuse, errands, longestExportMs }) => [
      ...failed(
        `during ${abuse}`,
        errands.exportWaitMs,
        (idle.errands.exportWaitMs ?? 0) + longestExportMs + WAKING_MS,
      ),
      ...errands.refusals.map((what) => finding(`during ${abuse}, ${what}`)),
    ]),
  ],
}

function failed(when: string, waitMs: number | null, bound: number): Finding[] {
  if (waitMs === null) return [finding(`the export ${when} was not begun in time`)]
  if (waitMs <= bound) return []
  return [finding(`the export ${when} waited ${waitMs.toFixed(0)} ms: at most ${bound.toFixed(0)} ms`)]
}

const finding = (says: string): Finding => ({ invariant: name, exportId: null, says })
