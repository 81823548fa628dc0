/** The request of the API's own document. */
export const newLeadExample = {
  name: 'John Doe',
  email: 'john.doe@example.com',
  phone: '+1-555-123-4567',
  source: 'website',
  status: 'new',
  metadata: {
    utm_source: 'google',
    utm_campaign: 'spring_2024',
    interests: ['product_a', 'product_b'],
    company: 'Tech Corp',
    job_title: 'Marketing Manager',
  },
}

/** The lead that the document answers it with. */
export const leadExample = {
  id: 'lead_1234567890abcdef',
  ...newLeadExample,
  createdAt: '2024-01-15T10:30:00.000Z',
  updatedAt: '2024-01-15T10:30:00.000Z',
  workspaceId: 'ws_your_workspace_id',
}

export const leadAnswerExample = { success: true, data: leadExample }

export const leadListExample = {
  success: true,
  data: [leadExample],
  pagination: { page: 1, size: 20, hasMore: false, next: null },
}
