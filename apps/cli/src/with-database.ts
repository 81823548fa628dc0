import { type Config, Database, loadConfig, notFound, ObjectStore } from '#core'
import { exportEntities } from '#exports'
import { leadEntities } from '#leads'
import { tenancyEntities, type Workspace, WorkspacesService } from '#tenancy'

/** Connects for one piece of work. @throws ConfigError that names every variable that is missing or wrong */
export async function withDatabase<T>(
  work: (database: Database) => Promise<T>,
  config: Config = loadConfig('cli'),
): Promise<T> {
  const database = await Database.connect(config, [...tenancyEntities, ...leadEntities, ...exportEntities])
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** The same, with the object store beside it. */
export function withDatabaseAndStore<T>(
  work: (database: Database, store: ObjectStore) => Promise<T>,
  config: Config = loadConfig('instance'),
): Promise<T> {
  const store = new ObjectStore(config)
  return withDatabase((database) => work(database, store), config).finally(() => store.close())
}

/** The same, for work on one workspace. @throws AppError 404 that names `workspace` */
export function withWorkspace(
  codename: string,
  work: (database: Database, workspace: Workspace) => Promise<void>,
): Promise<void> {
  return withDatabase(async (database) => work(database, await workspaceOf(codename, database)))
}

/** @throws AppError 404 that names `workspace` */
export async function workspaceOf(codename: string, database: Database): Promise<Workspace> {
  const workspace = await new WorkspacesService(database).byCodename(codename)
  if (workspace === null) throw notFound('workspace', 'The workspace')
  return workspace
}
