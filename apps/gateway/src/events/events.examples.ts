const who = {
  bot: 'asistente-tarjetas',
  account: { id: '5970d180adf62b28c8630566' },
  user: { id: '3141592653589793', firstName: 'Juan', lastName: 'Perez' },
}

export const newEventsExample = {
  events: [
    {
      id: 'evt_01J9Z0M3',
      type: 'message',
      time: '2026-09-13T20:29:01.120Z',
      ...who,
      sender: 'user',
      text: 'Hola, quiero sacar una tarjeta',
    },
    {
      id: 'evt_01J9Z0M4',
      type: 'interaction',
      time: '2026-09-13T20:29:06.684Z',
      ...who,
      funnel: 'sacarTarjeta',
      group: 'Sacar Tarjeta',
      interaction: 'DNI',
      data: [{ name: 'DNI', cxt: '12345678' }],
    },
  ],
}

export const eventsAnswerExample = {
  accepted: 1,
  duplicates: 1,
  rejected: 1,
  events: [
    { index: 0, id: 'evt_01J9Z0M3', status: 'duplicate' },
    { index: 1, id: 'evt_01J9Z0M4', status: 'accepted' },
    {
      index: 2,
      id: 'evt_01J9Z0M5',
      status: 'rejected',
      error: { field: 'user.id', message: 'Is required' },
    },
  ],
}
