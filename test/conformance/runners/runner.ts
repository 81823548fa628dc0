/** Runs examples of one kind as whoever copies them out of a document would. */
export interface Runner {
  /** What the table calls the example, and the ending of its file. */
  readonly name: 'curl' | 'fetch' | 'python' | 'http'
  /** What this machine lacks for it; null when nothing. */
  missing(): Promise<string | null>
  /**
   * @param origin where the example's requests go
   * @returns what it complained of, for one that did not end well; null when it did
   */
  run(example: string, origin: URL): Promise<string | null>
}
