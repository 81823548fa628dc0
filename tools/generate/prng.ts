/** A list that is known to hold something, so that picking from it always answers. */
export type Choices<T> = readonly [T, ...T[]]

/**
 * Random numbers that are the same in every run: mulberry32, 32 bits of state. What is made of them looks random,
 * nothing secret may be made of them.
 */
export class Random {
  constructor(private state: number) {}

  /** From 0 to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  pick<T>(choices: Choices<T>): T {
    return choices[this.between(0, choices.length - 1)] as T
  }

  /** Picks by weight; the weights need not add up to anything. */
  weighted<T>(choices: Choices<readonly [T, number]>): T {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0)
    let left = this.next() * total
    for (const [choice, weight] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return choices[0][0]
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.between(0, 9)).join('')
  }

  /** 16 hex digits, the form of `newHex`. */
  hex(): string {
    const half = () =>
      Math.floor(this.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return half() + half()
  }
}
