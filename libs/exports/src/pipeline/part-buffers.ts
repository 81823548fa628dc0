/** Bytes of a part of an upload. With S3's limit of 10,000 parts a file may have 80 GB. */
export const PART_BYTES = 8 * 1024 * 1024

/**
 * The buffers that no upload uses at the moment. They live as long as the process and are never given back: they are as
 * many as its uploads needed when the most of them ran at the same time, three for each, and that is what its limit of
 * memory has to allow for anyway. Buffers that each file allocates anew are garbage of 8 MiB each, and how much of it a
 * process carries depends on when V8 collects it. The kernel backs a page of a buffer once it is written, so a small file
 * does not cost a whole buffer.
 */
const idle: Buffer[] = []

/** Gives a buffer of PART_BYTES whose content is undefined: the one that was used last, or a new one. */
export const takePartBuffer = (): Buffer => idle.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES)

/** Makes a buffer available to the next upload. @param buffer a whole one, which nothing reads or writes any more */
export function returnPartBuffer(buffer: Buffer): void {
  idle.push(buffer)
}
