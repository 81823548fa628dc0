import { z } from 'zod'
import { mailAddress } from '#core'
import { funnelFields, groupFields } from '#leads'
import { chatbotFields, codenameField, keyFields, settingFields, timeZoneField } from '#tenancy'

/** Of a path: whatever comes is looked up, and then not found. */
export const pathText = z.string()

/** What is given is changed. */
export const workspacePatchBody = z.strictObject(settingFields).partial()
export type WorkspacePatchBody = z.output<typeof workspacePatchBody>

export const newWorkspaceBody = z.strictObject({
  codename: codenameField,
  ...workspacePatchBody.shape,
  name: settingFields.name,
  locale: settingFields.locale.default('es'),
  timeZone: timeZoneField.default('UTC'),
})
export type NewWorkspaceBody = z.output<typeof newWorkspaceBody>

const newKeyFields = z.strictObject({
  ...keyFields,
  kind: keyFields.kind.default('api_key'),
  scopes: keyFields.scopes.optional(),
  expiresAt: keyFields.expiresAt.optional(),
})

export const newKeyBody = newKeyFields.refine(
  ({ kind, scopes }) => kind === 'api_key' || scopes === undefined,
  {
    path: ['scopes'],
    message: 'Must be absent for an app token, which reads archives only',
  },
)
export type NewKeyBody = z.output<typeof newKeyBody>

const flag = z
  .enum(['true', 'false'], 'Must be true or false')
  .default('false')
  .transform((value) => value === 'true')

/** What ends with a key beside the key itself. */
export const keyRevocationQuery = z.object({ revokeLinks: flag, deleteFiles: flag })
export type KeyRevocationQuery = z.output<typeof keyRevocationQuery>

export const newChatbotBody = z.strictObject(chatbotFields)
export type NewChatbotBody = z.output<typeof newChatbotBody>

const newGroup = z.strictObject({
  ...groupFields,
  doubleCounting: groupFields.doubleCounting.default(false),
  newAt: groupFields.newAt.default(24),
})
const groupPatch = z
  .strictObject(groupFields)
  .partial({ doubleCounting: true, newAt: true, interactions: true })

const groupsOf = <Group extends z.ZodType<{ name: string }>>(group: Group) =>
  z
    .array(group, 'Must be a list of groups')
    .max(100, 'Must have at most 100 groups')
    .refine(
      (groups) => new Set(groups.map(({ name }) => name)).size === groups.length,
      'Must not name one twice',
    )

const newFunnelFields = z.strictObject({ ...funnelFields, groups: groupsOf(newGroup).default([]) })

export const newFunnelBody = newFunnelFields.superRefine((funnel, context) => {
  const known = new Set(funnel.interactions)
  funnel.groups.forEach((group, index) => {
    if (group.interactions.every((name) => known.has(name))) return
    const message = 'Must name interactions of the funnel only'
    context.addIssue({ code: 'custom', path: ['groups', index, 'interactions'], message })
  })
})
export type NewFunnelBody = z.output<typeof newFunnelBody>

/** Of a group that is there what is given is changed, a new one is made, others stay. */
export const funnelPatchBody = z.strictObject({
  interactions: funnelFields.interactions.optional(),
  groups: groupsOf(groupPatch).optional(),
})
export type FunnelPatchBody = z.output<typeof funnelPatchBody>

export const newRecipientBody = z.strictObject({ email: mailAddress })
export type NewRecipientBody = z.output<typeof newRecipientBody>
