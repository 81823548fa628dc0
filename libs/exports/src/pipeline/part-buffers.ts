import { freeMemory } from './free-memory.js'

/** Bytes of a part of an upload. With S3's limit of 10,000 parts a file may have 80 GB. */
export const PART_BYTES = 8 * 1024 * 1024

/** Buffers that stay when nobody uses them: as many as one upload needs. */
const KEPT = 3

/**
 * The buffers that no upload uses at the moment. Buffers that each file allocates anew are garbage of 8 MiB each, and how much
 * of it a process carries depends on when V8 collects it. The kernel backs a page of a buffer once it is written, so a small
 * file does not cost a whole buffer.
 */
const idle: Buffer[] = []

/** Gives a buffer of PART_BYTES whose content is undefined: the one that was used last, or a new one. */
export const takePartBuffer = (): Buffer => idle.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES)

/**
 * Makes a buffer available to the next upload, or frees it where enough are: what several uploads needed at the same time, a
 * process would else keep for ever.
 *
 * @param buffer a whole one, which nothing reads or writes any more; its memory is gone when it was freed
 */
export function returnPartBuffer(buffer: Buffer): void {
  if (idle.length < KEPT) idle.push(buffer)
  else freeMemory(buffer)
}
