const pagination = { page: 1, size: 20, hasMore: false, next: null }

/** One moment of one conversation, who takes part in it, and what each list shows of it. */
const parties = {
  chatbotId: 'cb_1234567890abcdef',
  bot: 'asistente-tarjetas',
  accountId: '5970d180adf62b28c8630566',
  messageUser: '5d7aa7b9a2b64670f6653afe',
  platform: 'messenger',
  firstName: 'Juan',
  lastName: 'Perez',
}

export const messageUserExample = {
  id: parties.messageUser,
  accountId: parties.accountId,
  externalId: '2841956135',
  platform: parties.platform,
  firstName: parties.firstName,
  lastName: parties.lastName,
  createdAt: '2019-09-12T20:16:57.120Z',
  updatedAt: '2019-09-13T20:29:06.684Z',
}
export const messageUserListExample = { data: [messageUserExample], pagination }

export const messageExample = {
  id: 'evt_5d7bfc1298317f98',
  time: '2019-09-13T20:29:05.100Z',
  ...parties,
  sender: 'user',
  text: 'Quiero sacar una tarjeta',
}
export const messageListExample = { data: [messageExample], pagination }

export const interactionExample = {
  id: 'evt_5d7bfc1298317f99',
  time: '2019-09-13T20:29:06.684Z',
  ...parties,
  funnel: 'sacarTarjeta',
  group: 'Sacar Tarjeta',
  interaction: 'DNI',
  data: [{ name: 'DNI', cxt: '12345678' }],
}
export const interactionListExample = { data: [interactionExample], pagination }
