/** Whose value a request is to name: its own workspace's, another's, or nobody's. */
export type Whose = 'own' | 'other' | 'nobody'

/** A value that is chosen when the request is sent, because answers bring new ones. */
export class Reference {
  constructor(
    readonly pool: string,
    readonly whose: Whose,
    /** Any natural number: which of the pool's values. */
    readonly pick: number,
  ) {}
}

export type PoolValues = Record<string, readonly string[]>

/** More of a kind than this are forgotten, the oldest first. */
const MOST = 300
/** Half of the choices fall on so many of the latest: to change, delete and read what was just made. */
const LATEST = 4

/** Ids and names that requests may carry, growing with what answers bring. */
export class Pools {
  private readonly own: Map<string, string[]>

  constructor(
    own: PoolValues,
    private readonly other: PoolValues,
  ) {
    this.own = new Map(Object.entries(own).map(([pool, values]) => [pool, [...values]]))
  }

  valueOf({ pool, whose, pick }: Reference): string {
    const values =
      (whose === 'own' ? this.own.get(pool) : whose === 'other' ? this.other[pool] : undefined) ?? []
    const among = pick % 2 === 0 ? values.slice(-LATEST) : values
    return among[Math.floor(pick / 2) % among.length] ?? nobodys(pool)
  }

  /** Remembers what a successful answer names. A cursor is good for the list it came from only. */
  learn(operationId: string, answer: unknown): void {
    for (const [key, text] of textsOf(answer)) {
      if (/^lead_[0-9a-f]{16}$/.test(text)) this.add('leadId', text)
      else if (/^exp_[0-9a-f]{16}$/.test(text)) this.add('id', text)
      else if (key === 'next') this.add(cursorsOf(operationId), text)
      else if (key === 'complete') this.add(text.endsWith('/') ? 'prefix' : 'name', text)
    }
  }

  private add(pool: string, value: string): void {
    const values = this.own.get(pool) ?? []
    if (values.includes(value)) return
    values.push(value)
    if (values.length > MOST) values.shift()
    this.own.set(pool, values)
  }
}

/** The pool of the cursors that an operation's answers brought. */
export const cursorsOf = (operationId: string): string => `cursor of ${operationId}`

/** Well-formed, and of no workspace. */
function nobodys(pool: string): string {
  switch (pool) {
    case 'leadId':
      return 'lead_0000000000000000'
    case 'chatbotId':
      return 'cb_0000000000000000'
    case 'id':
      return 'exp_0000000000000000'
    case 'account':
    case 'messageUser':
      return '0'.repeat(24)
    case 'name':
      return 'exports/all/2026-01-01-exp_0000000000000000.csv'
    default:
      return 'nobodys'
  }
}

function* textsOf(value: unknown, key = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [key, value]
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) yield* textsOf(inner, name)
}
