/** The dates and the page of the request that both documents show. */
export const getLeadsBodyExample = {
  chatbotId: 'cb_1234567890abcdef',
  startDate: '2023-01-01',
  endDate: '2023-12-12',
  page: 1,
  size: 10,
}

/** The fields of the documents' answer in their order, with values where those say "string". */
export const customerExample = {
  id: 0,
  created_at: '2023-07-10T10:30:00.000Z',
  chatbot_owner_user_id: 'user_1',
  chatbot_id: 'cb_1234567890abcdef',
  phone: '+1-555-123-4567',
  email: 'john.doe@example.com',
  name: 'John Doe',
  lead_id: 'lead_1234567890abcdef',
  account_id: '5970d180adf62b28c8630566',
}

export const getLeadsExample = {
  data: [customerExample],
  collectedCustomers: [customerExample],
  pagination: { page: 1, size: 10, hasMore: false, next: null },
}
