import { Command } from 'commander'
import { instanceOf, readMarker, replaceMarker } from '#core'
import { jsonOption, print } from '../output.js'
import { withDatabaseAndStore } from '../with-database.js'

interface Options {
  json?: true
}

export const instanceCommand = (): Command =>
  new Command('instance')
    .addCommand(new Command('show').description('the id of each').addOption(jsonOption()).action(show))
    .addCommand(
      new Command('adopt')
        .description('gives the bucket to this database, whatever other one it belonged to')
        .addOption(jsonOption())
        .action(adopt),
    )

const show = (options: Options): Promise<void> =>
  withDatabaseAndStore(async (database, store) => {
    const [ours, marker] = [await instanceOf(database), await readMarker(store)]
    const theirs = marker?.instance ?? null
    const found = { database: ours, bucket: theirs, match: theirs === null ? null : ours === theirs }
    print(options, found, `database\t${ours}\nbucket\t${theirs ?? 'not marked yet'}`)
  })

const adopt = (options: Options): Promise<void> =>
  withDatabaseAndStore(async (database, store) => {
    const id = await instanceOf(database)
    await replaceMarker(store, id)
    print(
      options,
      { database: id, bucket: id, match: true },
      `The bucket "${store.bucket}" belongs to ${id} now.`,
    )
  })
