import type { Logger } from 'pino'
import type { Config } from './config/schema.js'
import { type ConnectionTerms, Database, type Entities } from './database/database.js'
import { whenThere } from './database/when-there.js'
import { assertSameInstance } from './instance/instance.js'
import { watchInstance } from './instance/watch.js'
import { holdSameBackend } from './queues/same-backend.js'
import { ObjectStore } from './storage/object-store.js'

/** What a gateway or a worker stands on. */
export interface Foundation {
  database: Database
  store: ObjectStore
}

/**
 * Waits for the database and makes sure that it is the right one: with safe roles, migrated, of the same queue as the
 * other processes and of the same instance as the bucket. Queue and store may come up later.
 *
 * @param onOther called when a store that could not be asked at boot turns out to belong to another database, or not to say to which
 * @throws Error with one line that says what is wrong, for what waiting does not mend
 */
export async function layFoundation(
  config: Config,
  { entities, ...terms }: ConnectionTerms & { entities: Entities },
  logger: Logger,
  onOther: (error: Error) => void,
): Promise<Foundation> {
  const tell = (line: string) => logger.warn(line)
  const database = await whenThere(() => Database.connect(config, entities, terms), tell)
  await whenThere(() => holdSameBackend(config), tell)
  const store = new ObjectStore(config)
  await watchInstance({
    check: (signal) => assertSameInstance(database, store, config, signal),
    warn: (err) =>
      logger.warn(
        { err },
        'the bucket could not be compared with the database yet, so nothing keeps a wrong one out: trying again',
      ),
    onOther,
  })
  return { database, store }
}
