import { Inject, Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { Database, type NamedQuery, notFound } from '#core'
import type { Account } from './account.entity.js'
import type { Chatbot } from './chatbot.entity.js'
import { accountById, chatbotById, chatbotByName, defaultChatbot } from './directory.sql.js'

/** What was found is asked for again after this time: lists name the same chatbot request after request. */
const KNOWN_MS = 1000
/** The cache looks at the clock so often, and sets a timer each time: by default every millisecond, for every request. */
const CLOCK_MS = 50
const MOST_KNOWN = 10_000

export type KnownChatbot = Omit<Chatbot, 'createdAt'>
export type KnownAccount = Omit<Account, 'createdAt'>
type Known = KnownChatbot | KnownAccount

/** Finds the parts of one workspace by what a request calls them. What is another's is not found. */
@Injectable()
export class DirectoryService {
  private readonly known = new LRUCache<string, Known>({
    max: MOST_KNOWN,
    ttl: KNOWN_MS,
    ttlResolution: CLOCK_MS,
  })

  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws AppError 404 that names `field` */
  async chatbotById(workspaceId: string, id: string, field = 'chatbotId'): Promise<KnownChatbot> {
    const query = byIndex('chatbot-by-id', chatbotById, [id])
    return this.find(workspaceId, query, field, 'The chatbot')
  }

  /** @throws AppError 404 that names `bot` */
  async chatbotByName(workspaceId: string, name: string): Promise<KnownChatbot> {
    const query = byIndex('chatbot-by-name', chatbotByName, [name])
    return this.find(workspaceId, query, 'bot', 'The chatbot')
  }

  /** @throws AppError 404 that names `chatbotId` for a workspace without any chatbot */
  async defaultChatbot(workspaceId: string): Promise<KnownChatbot> {
    const query = byIndex('default-chatbot', defaultChatbot, [])
    return this.find(workspaceId, query, 'chatbotId', 'The chatbot')
  }

  /** @throws AppError 404 that names `field` */
  async account(workspaceId: string, id: string, field: string): Promise<KnownAccount> {
    const query = byIndex('account-by-id', accountById, [id])
    return this.find(workspaceId, query, field, 'The account')
  }

  private async find<T extends Known>(
    workspaceId: string,
    query: NamedQuery,
    field: string,
    what: string,
  ): Promise<T> {
    const key = JSON.stringify([workspaceId, query.name, ...query.values])
    const known = this.known.get(key)
    if (known !== undefined) return known as T
    // Everyone asks for himself: who waited for another's answer inside a transaction would hold the connection that
    // the other waits for.
    const [found] = await this.database.read<T>(workspaceId, query)
    if (found === undefined) throw notFound(field, what)
    this.known.set(key, found)
    return found
  }
}

const byIndex = (name: string, text: string, values: string[]): NamedQuery => ({
  name,
  text,
  values,
  planned: 'once',
})
