import { Account } from './account.entity.js'
import { AllowedRecipient } from './allowed-recipient.entity.js'
import { ApiKey } from './api-key.entity.js'
import { Chatbot } from './chatbot.entity.js'
import { Workspace } from './workspace.entity.js'

export { Account, AllowedRecipient, ApiKey, Chatbot, Workspace }
export { DirectoryService } from './directory.service.js'
export { type Answer, IdempotencyService, type RepeatableRequest } from './idempotency.service.js'
export { keyFields } from './key.fields.js'
export { KeysService, type NewKey, REVOKED_WITHIN_MS } from './keys.service.js'
export { platforms, slugOf } from './platforms.js'
export type { Principal } from './principal.js'
export { SESSION_SECONDS, SessionsService } from './sessions.service.js'
export { TenancyModule } from './tenancy.module.js'
export { type Scope, scopes, tokenKind, type TokenKind } from './token.js'
export type { Locale } from './workspace.entity.js'
export { chatbotFields, codenameField, settingFields, timeZoneField } from './workspace.fields.js'
export { type NewWorkspace, type WorkspaceSettings, WorkspacesService } from './workspaces.service.js'

export const tenancyEntities = [Workspace, AllowedRecipient, ApiKey, Chatbot, Account]
