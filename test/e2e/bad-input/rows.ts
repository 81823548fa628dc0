import { FunnelsService } from '#leads'
import type { TestWorkspace } from '../../support/context.js'
import { json, type Refusals } from '../../support/api/refusals.js'
import { addConversations } from '../../support/samples/conversations.js'
import { addRecords, type SampleRecords } from '../../support/samples/records.js'

/** Of each kind that is listed, so that a page of two is not the last. */
export const ROWS = 5

type Place = Pick<SampleRecords, 'accountId' | 'funnelId' | 'funnelGroupId'>
/** The one account and the one group that a workspace of `Refusals` has. */
const placeOf = `SELECT a.id AS "accountId", g.id AS "funnelGroupId", g.funnel_id AS "funnelId" FROM accounts a, funnel_groups g`

/** Gives a workspace of the gateway ROWS of everything that a list shows. */
export async function addRows(gateway: Refusals, tenant: TestWorkspace): Promise<void> {
  const { database } = gateway.context
  const workspaceId = tenant.workspace.id
  const funnels = new FunnelsService(database)
  const [place] = await database.read<Place>(workspaceId, { name: 'place', text: placeOf, values: [] })
  const sample = { ...place!, chatbotId: tenant.chatbot.id, count: ROWS }
  await addRecords(database, workspaceId, sample)
  await addConversations(database, workspaceId, sample)
  for (let n = 1; n < ROWS; n++) await funnels.create(workspaceId, `funnel ${n}`, ['a'], [])
  for (let n = 0; n < ROWS; n++) {
    await gateway.send(
      { method: 'POST', path: '/exports', ...json({ dataset: 'leads', format: 'csv' }) },
      tenant,
    )
  }
}
