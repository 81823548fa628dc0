import { TestContext } from '../../../test/support/context.js'
import { FunnelsService } from './funnels.service.js'

describe('a funnel that is changed', () => {
  let context: TestContext
  let funnels: FunnelsService
  let workspaceId: string
  const group = { name: 'g', doubleCounting: true, newAt: 72, interactions: ['A', 'B'] }

  beforeEach(async () => {
    context = await TestContext.create()
    funnels = new FunnelsService(context.database)
    workspaceId = (await context.workspace('demo')).workspace.id
    await funnels.create(workspaceId, 'f', ['A', 'B', 'C'], [group])
  })
  afterEach(() => context.close())

  const stored = async () => {
    const { rows } = await funnels.list(workspaceId, {}, { limit: 10, offset: 0 })
    return rows.map(({ interactions, groups }) => ({
      interactions,
      groups: groups.map(({ id: _, ...one }) => one),
    }))
  }

  it('keeps of itself and of a group what is not given', async () => {
    await funnels.change(workspaceId, 'f', { groups: [{ name: 'g', newAt: 24 }] })
    const changed = { interactions: ['A', 'B', 'C'], groups: [{ ...group, newAt: 24 }] }
    expect(await stored()).toEqual([changed])
    await funnels.change(workspaceId, 'f', {
      interactions: ['B', 'A'],
      groups: [{ name: 'g', doubleCounting: false }],
    })
    expect(await stored()).toEqual([
      { interactions: ['B', 'A'], groups: [{ ...changed.groups[0], doubleCounting: false }] },
    ])
  })

  it('has a group that is new to it, by default with its own steps', async () => {
    await funnels.change(workspaceId, 'f', { groups: [{ name: 'new', newAt: undefined }] })
    const made = { name: 'new', doubleCounting: false, newAt: 24, interactions: ['A', 'B', 'C'] }
    expect(await stored()).toEqual([{ interactions: ['A', 'B', 'C'], groups: [group, made] }])
  })

  it('loses no step that a group has: then nothing is changed', async () => {
    const change = funnels.change(workspaceId, 'f', { interactions: ['A'], groups: [{ name: 'new' }] })
    await expect(change).rejects.toMatchObject({ details: { field: 'interactions', value: 'B' } })
    expect(await stored()).toEqual([{ interactions: ['A', 'B', 'C'], groups: [group] }])
  })
})
