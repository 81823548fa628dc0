/** What ends a mail (RFC 5321, 4.1.1.4): within one it never stands, because a line that begins with a dot gets another. */
const FINAL_DOT = Buffer.from('\r\n.\r\n')

/** @returns tells of each chunk of a stream whether a final dot ends in it, wherever the dot is split */
export function finalDot(): (chunk: Buffer) => boolean {
  let tail = Buffer.alloc(0)
  return (chunk) => {
    const seen = Buffer.concat([tail, chunk])
    // Shorter than the dot, so that none is seen twice.
    tail = seen.subarray(-(FINAL_DOT.length - 1))
    return seen.includes(FINAL_DOT)
  }
}
