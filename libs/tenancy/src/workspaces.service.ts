import { Inject, Injectable } from '@nestjs/common'
import { Database, inTurn, invalid, newChatbotId, newWorkspaceId, notFound, objectId } from '#core'
import { Account } from './account.entity.js'
import { AllowedRecipient } from './allowed-recipient.entity.js'
import { Chatbot } from './chatbot.entity.js'
import { type Locale, Workspace } from './workspace.entity.js'

/** What an operator may change of a workspace; what a day is to it may not change, so its time zone does not. */
export interface WorkspaceSettings {
  name: string
  locale: Locale
  /** How long files of exports are kept from now on: one that is there keeps the time that its mail told. */
  retentionDays: number
  maxRunningExports: number
  maxWaitingExports: number
  /** How many accounts events may make: each costs up to four archive files a day. Those that are there stay. */
  maxAccounts: number
}

/** A setting that is absent is the table's default. */
export type NewWorkspace = { codename: string; timeZone: string } & Pick<
  WorkspaceSettings,
  'name' | 'locale'
> &
  Partial<WorkspaceSettings>

/** Makes workspaces and what every workspace has: a default chatbot and the implicit account. */
@Injectable()
export class WorkspacesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws AppError 400 that names `codename` when it is taken */
  async create({ codename, ...workspace }: NewWorkspace): Promise<Workspace> {
    const id = newWorkspaceId()
    // One transaction: a workspace is never without the account that its leads belong to.
    return this.database.tenantEntities(id, async (entities) => {
      const row = { id, codename, ...workspace }
      await entities.createQueryBuilder().insert().into(Workspace).values(row).orIgnore().execute()
      const made = await entities.findOneBy(Workspace, { id })
      if (made === null) throw invalid('codename', 'Is taken', codename)
      const implicit = { name: 'API', slug: 'api', platform: 'api', implicit: true }
      await entities.insert(Account, { id: objectId(), workspaceId: id, ...implicit })
      return made
    })
  }

  /** What is not given stays. @throws AppError 404 that names `codename` */
  async change(codename: string, settings: Partial<WorkspaceSettings>): Promise<Workspace> {
    const workspaces = this.database.systemEntities.getRepository(Workspace)
    if (Object.keys(settings).length > 0) await workspaces.update({ codename }, settings)
    const workspace = await workspaces.findOneBy({ codename })
    if (workspace === null) throw notFound('codename', 'The workspace')
    return workspace
  }

  byCodename(codename: string): Promise<Workspace | null> {
    return this.database.systemEntities.findOneBy(Workspace, { codename })
  }

  list(): Promise<Workspace[]> {
    return this.database.systemEntities.find(Workspace, { order: { codename: 'ASC' } })
  }

  /** The first chatbot of a workspace becomes its default one. */
  async addChatbot(
    workspaceId: string,
    { name, ownerUserId }: { name: string; ownerUserId: string },
  ): Promise<Chatbot> {
    return this.database.tenantEntities(workspaceId, async (entities) => {
      await inTurn(entities, `chatbots ${workspaceId}`)
      if (await entities.existsBy(Chatbot, { name })) throw invalid('name', 'Is taken', name)
      const isDefault = !(await entities.existsBy(Chatbot, { isDefault: true }))
      const id = newChatbotId()
      await entities.insert(Chatbot, { id, workspaceId, objectId: objectId(), name, ownerUserId, isDefault })
      return entities.findOneByOrFail(Chatbot, { id })
    })
  }

  /** @throws AppError 400 that names `account` when the workspace has as many as it may have */
  async addAccount(
    workspaceId: string,
    account: { name: string; slug: string; platform: string },
  ): Promise<Account> {
    return this.database.tenantEntities(workspaceId, async (entities) => {
      // As events do that make accounts (libs/leads, ingest).
      await inTurn(entities, `accounts ${workspaceId}`)
      const { maxAccounts } = await entities.findOneByOrFail(Workspace, { id: workspaceId })
      if ((await entities.countBy(Account, { implicit: false })) >= maxAccounts)
        throw invalid('account', `The workspace may have ${maxAccounts} accounts at most, and has them`)
      const id = objectId()
      await entities.insert(Account, { id, workspaceId, implicit: false, ...account })
      return entities.findOneByOrFail(Account, { id })
    })
  }

  /** Lets exports of the workspace be mailed to an address. */
  async allowRecipient(workspaceId: string, email: string): Promise<void> {
    const row = { workspaceId, emailLower: email.toLowerCase() }
    await this.database.systemEntities.upsert(AllowedRecipient, row, ['workspaceId', 'emailLower'])
  }
}
