/** What an endpoint says of a batch, item by item. */
export interface BatchAnswer {
  accepted: number
  duplicates: number
  rejected: number
  events: { id?: string | null; status: string; error?: { field: string | null; message: string } }[]
}

interface Refusal {
  count: number
  /** An event of which it was said. */
  example: string
}

/** Counts what became of events. */
export class Tally {
  accepted = 0
  duplicates = 0
  rejected = 0
  /** By field and sentence. */
  private readonly refusals = new Map<string, Refusal>()

  get events(): number {
    return this.accepted + this.duplicates + this.rejected
  }

  add({ accepted, duplicates, rejected, events }: BatchAnswer): void {
    this.accepted += accepted
    this.duplicates += duplicates
    this.rejected += rejected
    if (rejected === 0) return
    for (const { id, error } of events) {
      if (error) this.refuse(`${error.field ?? 'the event'}: ${error.message}`, id ?? 'no id')
    }
  }

  /** How many became what, and a line for each reason of a rejection. */
  get summary(): string {
    const counts = `${number(this.accepted)} accepted, ${number(this.duplicates)} duplicates, ${number(this.rejected)} rejected`
    const reasons = [...this.refusals].map(
      ([why, { count, example }]) => `  ${number(count)} × ${why} (${example})`,
    )
    return [`${number(this.events)} events: ${counts}`, ...reasons].join('\n')
  }

  speed(seconds: number): string {
    return `${seconds.toFixed(1)} s, ${number(Math.round(this.events / seconds))} events/s`
  }

  private refuse(why: string, example: string): void {
    const known = this.refusals.get(why)
    if (known === undefined) this.refusals.set(why, { count: 1, example })
    else known.count++
  }
}

const number = (value: number): string => value.toLocaleString('en-US')
