/** Items in a line for each party. The parties are served in turn: one that queues a thousand delays another one by one item. */
export class FairQueue<T> {
  /** In the order in which they are served next. */
  private readonly lines = new Map<string, T[]>()
  private count = 0

  get length(): number {
    return this.count
  }

  /** How many parties wait. */
  get parties(): number {
    return this.lines.size
  }

  lengthOf(party: string): number {
    return this.lines.get(party)?.length ?? 0
  }

  push(party: string, item: T): void {
    const line = this.lines.get(party)
    if (line === undefined) this.lines.set(party, [item])
    else line.push(item)
    this.count += 1
  }

  /** Takes the next item, of the parties that `mayBeServed` lets pass. */
  shift(mayBeServed: (party: string) => boolean = () => true): T | undefined {
    for (const [party, line] of this.lines) {
      if (!mayBeServed(party)) continue
      const item = line.shift()
      this.lines.delete(party)
      if (line.length > 0) this.lines.set(party, line)
      this.count -= 1
      return item
    }
    return undefined
  }

  /** Takes all items of a party. */
  drain(party: string): T[] {
    const line = this.lines.get(party) ?? []
    this.lines.delete(party)
    this.count -= line.length
    return line
  }
}
