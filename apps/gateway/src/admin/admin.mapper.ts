import type { Funnel } from '#leads'
import type { Chatbot, Workspace } from '#tenancy'

export const workspaceResource = (workspace: Workspace) => ({
  id: workspace.id,
  codename: workspace.codename,
  name: workspace.name,
  locale: workspace.locale,
  timeZone: workspace.timeZone,
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
