import { Database, instanceOf, ObjectStore, readMarker } from '#core'
import { type Check, fine, wrong } from './check.js'

/** The bucket's files are those of this database. */
export const instance: Check = {
  name: 'instance',
  advice: 'Mend what the checks of database and storage say first.',
  async run(config) {
    const store = new ObjectStore(config)
    const database = await Database.connect(config, [])
    try {
      const [ours, marker] = [await instanceOf(database), await readMarker(store)]
      if (marker === null)
        return fine('The bucket belongs to nobody yet: the first gateway or worker marks it.')
      if (marker.instance === ours) return fine('Bucket and database belong together.')
      return wrong(
        'The bucket belongs to another database.',
        'Mend DATABASE_URL or S3_BUCKET; if this database is to have the bucket, `leadferry instance adopt`.',
      )
    } finally {
      await database.close()
      store.close()
    }
  },
}
