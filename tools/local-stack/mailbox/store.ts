import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readMail, summarize } from './mail.js'
import type { Envelope, Mail, MailSummary } from './mail.js'

const mailSuffix = '.eml'
const summarySuffix = '.json'

/**
 * Mails as they arrived, an .eml file each, and beside it a small file with the envelope and what a list shows.
 * The .eml comes last, in one step: it is what makes a mail exist.
 */
export class MailStore {
  /** By id, which is the order of arrival. */
  private readonly summaries = new Map<string, MailSummary>()
  private lastId = 0

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder).sort()) this.load(name)
  }

  /** Done when a restart would find the mail. */
  async add(envelope: Envelope, raw: Buffer): Promise<MailSummary> {
    const id = this.nextId()
    const summary = await summarize(id, envelope, raw, new Date())
    writeFileSync(this.path(id, summarySuffix), JSON.stringify(summary), { mode: 0o600 })
    writeFileSync(this.path(id, '.tmp'), raw, { mode: 0o600 })
    renameSync(this.path(id, '.tmp'), this.path(id, mailSuffix))
    this.summaries.set(id, summary)
    return summary
  }

  /** Newest first, by arrival. */
  list(): MailSummary[] {
    return [...this.summaries.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
  }

  async find(id: string): Promise<Mail | undefined> {
    const summary = this.summaries.get(id)
    return summary && readMail(summary, await readFile(this.path(id, mailSuffix)))
  }

  async raw(id: string): Promise<Buffer | undefined> {
    return this.summaries.has(id) ? readFile(this.path(id, mailSuffix)) : undefined
  }

  clear(): void {
    for (const id of this.summaries.keys()) {
      rmSync(this.path(id, mailSuffix))
      rmSync(this.path(id, summarySuffix))
    }
    this.summaries.clear()
  }

  private load(name: string): void {
    const id = name.slice(0, name.lastIndexOf('.'))
    this.lastId = Math.max(this.lastId, parseInt(id, 36) || 0)
    if (!name.endsWith(mailSuffix) || !existsSync(this.path(id, summarySuffix))) return
    this.summaries.set(id, JSON.parse(readFileSync(this.path(id, summarySuffix), 'utf8')) as MailSummary)
  }

  /** Microseconds since the epoch, counted up within a millisecond and when the clock goes back. */
  private nextId(): string {
    this.lastId = Math.max(Date.now() * 1000, this.lastId + 1)
    return this.lastId.toString(36).padStart(11, '0')
  }

  private path(id: string, suffix: string): string {
    return join(this.folder, id + suffix)
  }
}
