import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { Database, inTurn, invalid, notFound, objectId, type Page, pageOf, type Slice } from '#core'
import { Funnel, FunnelGroup } from './funnel.entity.js'
import { funnelList, funnelsOf, groupByNames } from './funnels.sql.js'
import { pageQuery } from './list-query.js'

export interface NewFunnelGroup {
  name: string
  doubleCounting: boolean
  newAt: number
  interactions: string[]
}

/** A group that is there already keeps what is absent. */
export type FunnelGroupPatch = Pick<NewFunnelGroup, 'name'> & Partial<NewFunnelGroup>

export interface FunnelPatch {
  interactions?: string[]
  groups?: FunnelGroupPatch[]
}

/** A funnel and its groups, both in the order of creation. */
export interface FunnelRow {
  id: string
  name: string
  interactions: string[]
  groups: (NewFunnelGroup & { id: string })[]
}

/** Funnels and their groups. */
@Injectable()
export class FunnelsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws AppError 400 that names `name` when the workspace has such a funnel */
  async create(
    workspaceId: string,
    name: string,
    interactions: string[],
    groups: NewFunnelGroup[],
  ): Promise<Funnel> {
    return this.database.tenantEntities(workspaceId, async (entities) => {
      await inTurn(entities, `funnels ${workspaceId}`)
      if (await entities.existsBy(Funnel, { name })) throw invalid('name', 'Is taken', name)
      await entities.insert(Funnel, { workspaceId, name, interactions })
      const funnel = await entities.findOneByOrFail(Funnel, { name })
      const rows = groups.map((group) => ({ ...group, id: objectId(), workspaceId, funnelId: funnel.id }))
      if (rows.length > 0) await entities.insert(FunnelGroup, rows)
      return funnel
    })
  }

  /**
   * Changes a funnel's list, and its groups by their names: of a known one what is given, a new one is made, others stay.
   * What was recorded stays as it was; new lists and rules are those of what comes from now on.
   *
   * @throws AppError 404 that names `name`, 400 that names `interactions` when a group has one that the funnel has not
   */
  async change(
    workspaceId: string,
    name: string,
    { interactions, groups = [] }: FunnelPatch,
  ): Promise<Funnel> {
    return this.database.tenantEntities(workspaceId, async (entities) => {
      await inTurn(entities, `funnels ${workspaceId}`)
      const funnel = await entities.findOneBy(Funnel, { name })
      if (funnel === null) throw notFound('name', 'The funnel')
      const list = interactions ?? funnel.interactions
      if (interactions !== undefined)
        await entities.update(Funnel, { id: funnel.id, workspaceId }, { interactions })
      for (const group of groups)
        await changeGroup(entities, { workspaceId, funnelId: funnel.id }, group, list)
      await assertKnown(entities, funnel.id, list)
      return entities.findOneByOrFail(Funnel, { name })
    })
  }

  /**
   * In the order of creation.
   * @param filter with an account: the funnels that have a record on it
   */
  async list(workspaceId: string, filter: { accountId?: string }, slice: Slice): Promise<Page<FunnelRow>> {
    const query = pageQuery(funnelList, funnelsOf(filter.accountId), slice)
    const rows = await this.database.read<FunnelRow>(workspaceId, query)
    return pageOf(rows, slice.limit, ({ id }) => [id])
  }

  /**
   * @returns the id of a group of a funnel
   * @throws AppError 404 that names `funnel` or `funnelGroup`
   */
  async groupId(workspaceId: string, funnel: string, group: string): Promise<string> {
    const query = { name: 'funnel-group', text: groupByNames, values: [funnel, group] }
    const [found] = await this.database.read<{ id: string | null }>(workspaceId, query)
    if (found === undefined) throw notFound('funnel', 'The funnel')
    if (found.id === null) throw notFound('funnelGroup', 'The funnel group')
    return found.id
  }
}

/** @param list the funnel's, which a new group has unless it has its own */
async function changeGroup(
  entities: EntityManager,
  funnel: { workspaceId: string; funnelId: string },
  group: FunnelGroupPatch,
  list: string[],
): Promise<void> {
  const { affected } = await entities.update(FunnelGroup, { ...funnel, name: group.name }, group)
  if (affected !== 0) return
  const { name, doubleCounting = false, newAt = 24, interactions = list } = group
  await entities.insert(FunnelGroup, { ...funnel, id: objectId(), name, doubleCounting, newAt, interactions })
}

/** @throws AppError 400 that names `interactions` */
async function assertKnown(
  entities: EntityManager,
  funnelId: string,
  list: readonly string[],
): Promise<void> {
  for (const group of await entities.findBy(FunnelGroup, { funnelId })) {
    const missing = group.interactions.find((interaction) => !list.includes(interaction))
    if (missing === undefined) continue
    throw invalid('interactions', `The group ${group.name} has ${missing}, which the funnel has not`, missing)
  }
}
