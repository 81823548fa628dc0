import { Inject, Injectable } from '@nestjs/common'
import { Database, notFound } from '#core'
import { Account } from './account.entity.js'
import { Chatbot } from './chatbot.entity.js'

/** Finds the parts of one workspace by what a request calls them. What is another's is not found. */
@Injectable()
export class DirectoryService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws AppError 404 that names `field` */
  chatbotById(workspaceId: string, id: string, field = 'chatbotId'): Promise<Chatbot> {
    return this.chatbot(workspaceId, { id }, field)
  }

  /** @throws AppError 404 that names `bot` */
  chatbotByName(workspaceId: string, name: string): Promise<Chatbot> {
    return this.chatbot(workspaceId, { name }, 'bot')
  }

  /** @throws AppError 404 that names `chatbotId` for a workspace without any chatbot */
  defaultChatbot(workspaceId: string): Promise<Chatbot> {
    return this.chatbot(workspaceId, { isDefault: true }, 'chatbotId')
  }

  /** @throws AppError 404 that names `field` */
  async account(workspaceId: string, id: string, field: string): Promise<Account> {
    const found = await this.database.tenantEntities(workspaceId, (entities) =>
      entities.findOneBy(Account, { id }),
    )
    if (found === null) throw notFound(field, 'The account')
    return found
  }

  private async chatbot(workspaceId: string, where: Partial<Chatbot>, field: string): Promise<Chatbot> {
    const found = await this.database.tenantEntities(workspaceId, (entities) =>
      entities.findOneBy(Chatbot, where),
    )
    if (found === null) throw notFound(field, 'The chatbot')
    return found
  }
}
