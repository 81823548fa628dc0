/** A duty that is done again and again, by one worker at a time. */
export interface Janitor {
  readonly name: string
  /** Does what there is to do now, and answers how much that was. */
  run(): Promise<number>
}
