import { instanceOf, readMarker } from '#core'
import { withDatabaseAndStore } from '../with-database.js'
import { type Check, fine, wrong } from './check.js'

/** The bucket's files are those of this database. */
export const instance: Check = {
  name: 'instance',
  advice: 'Mend what the checks of database and storage say first.',
  run: (config) =>
    withDatabaseAndStore(async (database, store) => {
      const [ours, marker] = [await instanceOf(database), await readMarker(store)]
      if (marker === null)
        return fine('The bucket belongs to nobody yet: the first gateway or worker marks it.')
      if (marker.instance === ours) return fine('Bucket and database belong together.')
      return wrong(
        'The bucket belongs to another database.',
        'Mend DATABASE_URL or S3_BUCKET; if this database is to have the bucket, `leadferry instance adopt`.',
      )
    }, config),
}
