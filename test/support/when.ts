/** `it` where the machine has what a test needs; elsewhere a skip that carries its reason into the summary. */
export const itWhen =
  (possible: boolean, reason: string) =>
  (name: string, test: () => Promise<void>): void =>
    possible ? it(name, test) : it.skip(`${name} (${reason})`, test)

/** The same for `describe`. */
export const describeWhen =
  (possible: boolean, reason: string) =>
  (name: string, tests: () => void): void =>
    possible ? describe(name, tests) : describe.skip(`${name} (${reason})`, tests)
