/** How a request ended: its status; `cut` where the connection ended without one; `late` where none came in time. */
export type Outcome = number | 'cut' | 'late'

/** How often each outcome came, by its name. */
export type Outcomes = Record<string, number>

export function count(outcomes: Outcomes, outcome: Outcome): void {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
}
