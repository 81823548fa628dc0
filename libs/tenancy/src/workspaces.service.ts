import { Inject, Injectable } from '@nestjs/common'
import { Database, inTurn, invalid, newChatbotId, newWorkspaceId, objectId } from '#core'
import { Account } from './account.entity.js'
import { AllowedRecipient } from './allowed-recipient.entity.js'
import { Chatbot } from './chatbot.entity.js'
import { type Locale, Workspace } from './workspace.entity.js'

export interface NewWorkspace {
  codename: string
  name: string
  locale: Locale
  timeZone: string
}

/** Names that a codename would hide: they begin paths of their own under /api/v1. */
export const reservedCodenames = ['exports', 'leads', 'chatbots', 'get-leads', 'archive', 'admin'] as const

/** Makes workspaces and what every workspace has: a default chatbot and the implicit account. */
@Injectable()
export class WorkspacesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws AppError 400 that names `codename` when it is taken */
  async create({ codename, name, locale, timeZone }: NewWorkspace): Promise<Workspace> {
    const id = newWorkspaceId()
    // One transaction: a workspace is never without the account that its leads belong to.
    await this.database.tenant(id, async (client) => {
      const { rowCount } = await client.query(
        `INSERT INTO workspaces (id, codename, name, locale, time_zone) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (codename) DO NOTHING`,
        [id, codename, name, locale, timeZone],
      )
      if (rowCount === 0) throw invalid('codename', 'Is taken', codename)
      await client.query(
        `INSERT INTO accounts (id, workspace_id, name, slug, platform, implicit) VALUES ($1, $2, 'API', 'api', 'api', true)`,
        [objectId(), id],
      )
    })
    return this.database.systemEntities.findOneByOrFail(Workspace, { id })
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

  async addAccount(
    workspaceId: string,
    account: { name: string; slug: string; platform: string },
  ): Promise<Account> {
    return this.database.tenantEntities(workspaceId, async (entities) => {
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
