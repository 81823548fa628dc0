import { MessageChannel } from 'node:worker_threads'

/** It has no other end, so Node frees memory that is moved to it at once. */
const nowhere = new MessageChannel().port1
nowhere.close()

/**
 * Frees the memory of a buffer now. The garbage collector would free it later, and the process grows until then.
 *
 * @param buffer the only one on its memory, not a slice of Node's pool; it has length 0 afterwards
 */
export function freeMemory(buffer: Buffer): void {
  const memory = buffer.buffer as ArrayBuffer
  nowhere.postMessage(memory, [memory])
}
