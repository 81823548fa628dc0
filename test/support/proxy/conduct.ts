/** What a mode does with one connection. */
export interface Conduct {
  /** Something may have changed: bytes came, a side takes more, a side ended. Moves what may move. */
  move(): void
  /** The client is gone. Whoever has this sees to the upstream and ends the link; else it is reset with the client. */
  clientGone?(): void
  /** Whether another mode has to wait until this one has done what it has in mind and calls `takeOver`. */
  stays?(): boolean
  /** It is over, by another mode or because the link ends. */
  leave?(): void
}
