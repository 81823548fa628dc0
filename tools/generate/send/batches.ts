/** As many events as one request may have. */
const MOST = 1_000

export function* batches<T>(events: Iterable<T>, size = MOST): Generator<T[], void> {
  let batch: T[] = []
  for (const event of events) {
    batch.push(event)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
