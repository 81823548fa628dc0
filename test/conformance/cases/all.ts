import type { Case } from './case.js'
import { chatTonicCases } from './chat-tonic.js'
import { getLeadsCases } from './get-leads.js'
import { workspaceLeadsCases } from './workspace-leads.js'

/** Every run of every example of the four documents. */
export const allCases: readonly Case[] = [...getLeadsCases, ...workspaceLeadsCases, ...chatTonicCases]
