import { jsonItems } from '../../apps/gateway/src/http/batch-items.js'
import { AppError } from '#core'
import { median } from './measure.js'
import { atMost, type Section, table } from './report.js'

const LIMITS = { field: 'events', maxItems: 1000, maxBytes: 4_000_000 }
const BRACKETS = 1_950_000

/**
 * CPU of reading bodies of POST …/events, in this process: those that hold too much against a batch that does not, and
 * that batch against JSON.parse alone.
 */
export async function benchBodies({ runs }: { runs: number }): Promise<Section> {
  const batch = `{"events":[${Array.from({ length: 1000 }, (_, i) => JSON.stringify(event(i))).join()}]}`
  const read = await medianMs(batch, runs, (body) => jsonItems(body, LIMITS))
  const parsed = await medianMs(batch, runs, (body) => JSON.parse(body.toString()))
  const refused = []
  for (const [what, text] of excessive)
    refused.push({ what, text, ms: await medianMs(text, runs, expectRefusal) })
  const brackets = Math.max(...refused.slice(0, 2).map(({ ms }) => ms))
  const line = (what: string, text: string, ms: number) => [
    what,
    (Buffer.byteLength(text) / 1e6).toFixed(1),
    ms.toFixed(1),
    (ms / parsed).toFixed(2),
  ]
  return {
    title: 'Bodies',
    text: `Milliseconds of CPU to read one body of \`POST …/events\`, in one process that has read some before, and the ratio to JSON.parse
of the batch; medians of ${runs * 3} runs. What holds too much is refused unparsed.

${table(
  ['body', 'MB', 'ms', 'ratio'],
  [
    line('1,000 events with 50 collected data: JSON.parse alone', batch, parsed),
    line('the same, read', batch, read),
    ...refused.map(({ what, text, ms }) => line(what, text, ms)),
  ],
)}`,
    targets: [
      atMost('4 MB of brackets, CPU', brackets, 30, 'ms'),
      atMost('a full batch of events, of JSON.parse alone', read / parsed, 2),
    ],
  }
}

const keys = Array.from({ length: 400_000 }, (_, i) => `"${i.toString(36)}":1`).join()
const excessive: [string, string][] = [
  ['brackets', `{"events":[${'['.repeat(BRACKETS)}${']'.repeat(BRACKETS)}]}`],
  ['brackets that are never closed', '['.repeat(2 * BRACKETS)],
  ['400,000 keys', `{${keys}}`],
  ['400,000 keys of an event', `{"events":[{${keys}}]}`],
]

const event = (i: number) => ({
  id: `evt-${i}`,
  type: 'interaction',
  time: '2026-03-02T10:00:00Z',
  bot: 'asistente',
  account: { platform: 'messenger', name: 'Página' },
  user: { id: `user-${i}`, firstName: 'Ana', lastName: 'Peña' },
  funnel: 'sacarTarjeta',
  group: 'Sacar Tarjeta',
  interaction: 'DNI',
  data: Array.from({ length: 50 }, (_, n) => ({ name: `name-${n}`, cxt: 'x'.repeat(40) })),
})

async function expectRefusal(body: Buffer): Promise<void> {
  try {
    await jsonItems(body, LIMITS)
  } catch (error) {
    if (error instanceof AppError) return
    throw error
  }
  throw new Error('a body that holds too much was read')
}

/** @param read may change the body: it gets a copy that is made before the clock runs */
async function medianMs(text: string, runs: number, read: (body: Buffer) => unknown): Promise<number> {
  const samples: number[] = []
  for (let run = -3; run < runs * 3; run++) {
    const body = Buffer.from(text)
    const before = process.cpuUsage()
    await read(body)
    const { user, system } = process.cpuUsage(before)
    // The first are for warming up.
    if (run >= 0) samples.push((user + system) / 1000)
  }
  return median(samples)
}
