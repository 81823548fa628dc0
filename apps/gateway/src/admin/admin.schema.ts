import { z } from 'zod'
import { mailAddress } from '#core'
import { reservedCodenames, scopes, settingBounds } from '#tenancy'
import { requiredText, timeZoneField } from '../http/fields.js'

const reserved: readonly string[] = reservedCodenames

export const codenameField = z
  .string('Must be text')
  .regex(/^[a-z0-9_-]{1,64}$/, 'Must have 1 to 64 of a-z, 0-9, _ and -')
  .refine((codename) => !reserved.includes(codename), 'Is reserved')

/** Of a path: whatever comes is looked up, and then not found. */
export const pathText = z.string()

const wholeWithin = ({ min, max }: { min: number; max: number }) =>
  z.int('Must be an integer').min(min, `Must be at least ${min}`).max(max, `Must be at most ${max}`)

const settings = {
  name: requiredText(200),
  locale: z.enum(['es', 'en'], 'Must be es or en'),
  retentionDays: wholeWithin(settingBounds.retentionDays).optional(),
  maxRunningExports: wholeWithin(settingBounds.maxRunningExports).optional(),
  maxWaitingExports: wholeWithin(settingBounds.maxWaitingExports).optional(),
}

export const newWorkspaceBody = z.strictObject({
  codename: codenameField,
  ...settings,
  locale: settings.locale.default('es'),
  timeZone: timeZoneField.default('UTC'),
})
export type NewWorkspaceBody = z.output<typeof newWorkspaceBody>

/** What is given is changed. */
export const workspacePatchBody = z.strictObject({
  ...settings,
  name: settings.name.optional(),
  locale: settings.locale.optional(),
})
export type WorkspacePatchBody = z.output<typeof workspacePatchBody>

const newKeyFields = z.strictObject({
  kind: z.enum(['api_key', 'app_token'], 'Must be api_key or app_token').default('api_key'),
  ownerName: requiredText(200),
  ownerEmail: mailAddress,
  scopes: z
    .array(z.enum(scopes, `Must be one of ${scopes.join(', ')}`), 'Must be a list of scopes')
    .min(1, 'Must not be empty')
    .refine((list) => new Set(list).size === list.length, 'Must not name one twice')
    .optional(),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'Must be an ISO-8601 timestamp with an offset' })
    .refine((time) => new Date(time).getTime() > Date.now(), 'Must be in the future')
    .optional(),
})

export const newKeyBody = newKeyFields.refine(
  ({ kind, scopes }) => kind === 'api_key' || scopes === undefined,
  {
    path: ['scopes'],
    message: 'Must be absent for an app token, which reads archives only',
  },
)
export type NewKeyBody = z.output<typeof newKeyBody>

export const newChatbotBody = z.strictObject({ name: requiredText(200), ownerUserId: requiredText(200) })
export type NewChatbotBody = z.output<typeof newChatbotBody>

const interactions = z
  .array(requiredText(200), 'Must be a list of names')
  .min(1, 'Must not be empty')
  .max(200, 'Must have at most 200 names')
  .refine((names) => new Set(names).size === names.length, 'Must not name one twice')

const groupFields = {
  name: requiredText(200),
  doubleCounting: z.boolean('Must be true or false'),
  newAt: z.int('Must be an integer').min(1, 'Must be at least 1').max(8760, 'Must be at most 8760'),
  interactions,
}
const newGroup = z.strictObject({
  ...groupFields,
  doubleCounting: groupFields.doubleCounting.default(false),
  newAt: groupFields.newAt.default(24),
})
const groupPatch = z.strictObject({
  name: groupFields.name,
  doubleCounting: groupFields.doubleCounting.optional(),
  newAt: groupFields.newAt.optional(),
  interactions: interactions.optional(),
})

const groupsOf = <Group extends z.ZodType<{ name: string }>>(group: Group) =>
  z
    .array(group, 'Must be a list of groups')
    .max(100, 'Must have at most 100 groups')
    .refine(
      (groups) => new Set(groups.map(({ name }) => name)).size === groups.length,
      'Must not name one twice',
    )

const newFunnelFields = z.strictObject({
  // Keys of the object that /lead/funnels answers: JavaScript would sort digits first and lose __proto__.
  name: requiredText(200).refine(
    (name) => !/^\d+$/.test(name) && name !== '__proto__',
    'Must not be all digits, nor __proto__',
  ),
  interactions,
  groups: groupsOf(newGroup).default([]),
})

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
  interactions: interactions.optional(),
  groups: groupsOf(groupPatch).optional(),
})
export type FunnelPatchBody = z.output<typeof funnelPatchBody>

export const newRecipientBody = z.strictObject({ email: mailAddress })
export type NewRecipientBody = z.output<typeof newRecipientBody>
