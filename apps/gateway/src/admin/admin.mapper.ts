import type { Funnel } from '#leads'
import type { ApiKey, Chatbot, Workspace } from '#tenancy'

export const workspaceResource = (workspace: Workspace) => ({
  id: workspace.id,
  codename: workspace.codename,
  name: workspace.name,
  locale: workspace.locale,
  timeZone: workspace.timeZone,
  retentionDays: workspace.retentionDays,
  maxRunningExports: workspace.maxRunningExports,
  maxWaitingExports: workspace.maxWaitingExports,
  maxAccounts: workspace.maxAccounts,
  createdAt: workspace.createdAt.toISOString(),
})

export const chatbotResource = (chatbot: Chatbot) => ({
  id: chatbot.id,
  objectId: chatbot.objectId,
  name: chatbot.name,
  ownerUserId: chatbot.ownerUserId,
  isDefault: chatbot.isDefault,
})

export const funnelResource = ({ name, interactions }: Funnel) => ({ name, interactions })

/** A key without its token, which nobody has but its owner. */
export const keyResource = (key: ApiKey) => ({
  id: key.id,
  kind: key.kind,
  prefix: key.prefix,
  ownerName: key.ownerName,
  ownerEmail: key.ownerEmail,
  scopes: key.scopes,
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  expiresAt: key.expiresAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
})
