import type { LeadRow, ListedLead } from '#leads'
import { refusal } from '../../testing/refusal.js'
import { leadListAliasQuery, leadListQuery } from './workspace-lead-list.schema.js'
import { leadListJson, leadPatch, workspaceLead } from './workspace-leads.mapper.js'
import { leadAnswer, leadIdParameter, leadPatchBody, newLeadBody } from './workspace-leads.schema.js'

const john = { name: 'John Doe', email: 'john.doe@example.com' }
const refused = (body: unknown): PropertyKey[] | undefined =>
  newLeadBody.safeParse(body).error?.issues[0]?.path

describe('workspace leads', () => {
  it("takes the seed's example as it is", () => {
    const example = {
      ...john,
      phone: '+1-555-123-4567',
      source: 'website',
      status: 'new',
      metadata: { utm_source: 'google', interests: ['product_a', 'product_b'], company: 'Tech Corp' },
    }
    expect(newLeadBody.parse(example)).toEqual(example)
  })

  it('fills in what may be left out', () => {
    expect(newLeadBody.parse({ ...john, phone: '', source: null })).toEqual({
      ...john,
      phone: null,
      source: null,
      status: 'new',
      metadata: {},
    })
  })

  it.each([
    ['name', { email: john.email }],
    ['name', { ...john, name: '   ' }],
    ['name', { ...john, name: 'x'.repeat(201) }],
    ['email', { name: 'a' }],
    ['email', { ...john, email: 'invalid-email' }],
    ['email', { ...john, email: 'a@b.cc, c@d.ee' }],
    ['phone', { ...john, phone: '1'.repeat(65) }],
    ['status', { ...john, status: 'sold' }],
    ['metadata', { ...john, metadata: [] }],
    ['metadata', { ...john, metadata: { ['k'.repeat(201)]: 1 } }],
    ['metadata', { ...john, metadata: { a: Infinity } }],
    ['metadata', { ...john, metadata: { a: [{ b: 12345678901234567890 }] } }],
    ['metadata', { ...john, metadata: { a: 'x'.repeat(16_384) } }],
    [
      'metadata',
      { ...john, metadata: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i])) },
    ],
    ['name', { ...john, name: '\u200b\u2060 \ufeff' }],
  ])('refuses a wrong %s', (field, body) => {
    expect(refused(body)).toEqual([field])
  })

  it('refuses what it does not know', () => {
    expect(newLeadBody.safeParse({ ...john, chatbotId: 'cb_1' }).error?.issues[0]?.code).toBe(
      'unrecognized_keys',
    )
  })

  it('answers in the shape of the seed', () => {
    const at = '2024-01-15T10:30:00.000999Z'
    const row = {
      ...john,
      hex: '1234567890abcdef',
      phone: null,
      source: null,
      status: 'new',
      metadata: { a: 1 },
    }
    const lead = workspaceLead({
      ...row,
      workspace_id: 'ws_1',
      created_at: at,
      updated_at: at,
    } as unknown as LeadRow)
    expect(leadAnswer.parse({ success: true, data: lead }).data).toEqual({
      id: 'lead_1234567890abcdef',
      ...john,
      phone: null,
      source: null,
      status: 'new',
      metadata: { a: 1 },
      createdAt: '2024-01-15T10:30:00.000Z',
      updatedAt: '2024-01-15T10:30:00.000Z',
      workspaceId: 'ws_1',
    })
  })

  it('answers a page as it answers each lead, whatever stands in it, and metadata to the last digit', () => {
    const at = '2024-01-15T10:30:00.000999Z'
    const metadata = '{"a": "\\"}],", "n": 12345678901234567890.5, "é": [null, {}]}'
    const row = {
      ...john,
      name: '"},{"id":"\u2028',
      hex: '1234567890abcdef',
      phone: null,
      source: null,
      status: 'new',
      workspace_id: 'ws_1',
      created_at: at,
      updated_at: at,
    }
    const pagination = { page: 1, size: 20, hasMore: true, next: 'cursor' }
    const rows = [
      { ...row, metadata },
      { ...row, metadata: '{}' },
    ] as unknown as ListedLead[]
    const json = leadListJson(rows, pagination).toString()
    const leads = rows.map((lead) =>
      workspaceLead({ ...lead, metadata: JSON.parse(lead.metadata) as object } as LeadRow),
    )
    expect(JSON.parse(json)).toEqual({ success: true, data: leads, pagination })
    expect(json).toContain('12345678901234567890.5')
    expect(JSON.parse(leadListJson([], pagination).toString())).toEqual({
      success: true,
      data: [],
      pagination,
    })
  })
})

describe('a change of a lead', () => {
  it('fills in nothing: what is absent stays', () => {
    expect(leadPatch(leadPatchBody.parse({ name: 'Zoë' }))).toEqual({ name: 'Zoë' })
    expect(leadPatch(leadPatchBody.parse({ phone: null, source: null }))).toEqual({
      phone: null,
      source: null,
    })
  })

  it('of nothing is refused', () => {
    expect(refusal(() => leadPatch(leadPatchBody.parse({}))).code).toBe('VALIDATION_ERROR')
  })

  it.each(['name', 'email', 'status', 'metadata'])('%s may not be null', (field) => {
    expect(leadPatchBody.safeParse({ [field]: null }).error?.issues[0]?.path).toEqual([field])
  })
})

describe('the id of a lead', () => {
  it('is read as its 16 hex digits', () => {
    expect(leadIdParameter.parse('lead_1234567890abcdef')).toBe('1234567890abcdef')
  })

  it.each([
    '',
    'lead_',
    '1234567890abcdef',
    'lead_1234567890ABCDEF',
    'lead_1234567890abcdef0',
    'lead_\0',
    'é',
  ])('%j is the id of none', (id) => {
    expect(leadIdParameter.parse(id)).toBe('')
  })
})

describe('a list of leads', () => {
  it('ignores what it does not know, a chatbot beside that of the path too', () => {
    expect(leadListQuery.parse({ size: '5', chatbotId: 'cb_1', utm: 'x' })).toEqual({ size: 5 })
    expect(leadListAliasQuery.parse({ chatbotId: 'cb_1' })).toEqual({ chatbotId: 'cb_1' })
  })
})
