import { roles } from '../roles.js'

/** The workspace of the running transaction; after a transaction the setting is '' and not NULL. */
const currentWorkspace = `nullif(current_setting('app.workspace', true), '')`

type Grant = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
const everything: readonly Grant[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE']

/**
 * Forces row-level security on a table and lets `app` at the rows of its workspace only.
 *
 * @param column the column that holds the workspace's id
 */
export function tenantTable(
  table: string,
  grants: readonly Grant[] = everything,
  column = 'workspace_id',
): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON ${table} TO ${roles.app}
      USING (${column} = ${currentWorkspace}) WITH CHECK (${column} = ${currentWorkspace});
    GRANT ${grants.join(', ')} ON ${table} TO ${roles.app};`
}

/** Lets `system` at every row of a control table. Never called for a table that holds leads. */
export function controlTable(table: string, grants: readonly Grant[] = everything): string {
  return `
    CREATE POLICY control ON ${table} TO ${roles.system} USING (true) WITH CHECK (true);
    GRANT ${grants.join(', ')} ON ${table} TO ${roles.system};`
}
