import { type Config, Database, loadConfig, notFound } from '#core'
import { exportEntities } from '#exports'
import { leadEntities } from '#leads'
import { tenancyEntities, type Workspace, WorkspacesService } from '#tenancy'

/** Connects for one piece of work. @throws ConfigError that names every variable that is missing or wrong */
export async function withDatabase(
  work: (database: Database) => Promise<void>,
  config: Config = loadConfig('cli'),
): Promise<void> {
  const database = await Database.connect(config, [...tenancyEntities, ...leadEntities, ...exportEntities])
  try {
    await work(database)
  } finally {
    await database.close()
  }
}

/** The same, for work on one workspace. @throws AppError 404 that names `workspace` */
export function withWorkspace(
  codename: string,
  work: (database: Database, workspace: Workspace) => Promise<void>,
): Promise<void> {
  return withDatabase(async (database) => {
    const workspace = await new WorkspacesService(database).byCodename(codename)
    if (workspace === null) throw notFound('workspace', 'The workspace')
    await work(database, workspace)
  })
}
