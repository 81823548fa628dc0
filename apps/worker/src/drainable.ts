/** Something in the worker that takes up work by itself. */
export interface Drainable {
  /**
   * Takes up nothing new, and resolves when nothing is under way any more.
   *
   * @param deadline aborted when what is under way must be handed back, or left to its lease
   */
  drain(deadline: AbortSignal): Promise<void>
}
