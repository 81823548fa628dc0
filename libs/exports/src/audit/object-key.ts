/** What made an object: an export or a day, and which try at it. */
export interface Maker {
  /** exp_… or day_… */
  holder: string
  epoch: number
}

/** `{exp_… or day_…}-{epoch}/…` (DESIGN section 6, "A public name is not an object key"). */
const ours = /^((?:exp|day)_[0-9a-f]{16})-([1-9]\d{0,8})\//

/** Who made an object of this key; null for one that is none of ours. */
export function makerOf(key: string): Maker | null {
  const [, holder, epoch] = ours.exec(key) ?? []
  return holder === undefined || epoch === undefined ? null : { holder, epoch: Number(epoch) }
}
