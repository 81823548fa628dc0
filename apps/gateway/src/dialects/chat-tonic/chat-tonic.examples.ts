/** What the document shows, and the fields that we answer beside it. */
export const leadExportExample = {
  message: 'Te enviaremos un email en cuanto se termine de procesar el listado',
  exportId: 'exp_4ce21ad0853e4b48',
  statusUrl: 'https://your-domain.com/api/v1/exports/exp_4ce21ad0853e4b48',
}

export const archiveListExample = {
  objects: ['funnels', 'leads', 'messageUsers', 'messages'].map((prefix) => ({
    prefix,
    complete: `${prefix}/`,
  })),
  limit: 1000,
  hasMore: false,
  next: null,
}

export const archiveUrlExample = {
  expiresIn: 86_400,
  url: 'https://s3.amazonaws.com/chattonic.mobile-tonic.com/archive/demo_codename/csv/funnels/account-webchattonic-accountId/2021-05-01.zip',
}

const interactions = ['INICIO', 'DNI', 'CELULAR', 'INGRESO', 'FIN']

export const funnelsExample = {
  limit: 10,
  skip: 0,
  funnels: {
    sacarTarjeta: {
      interactions,
      groups: [
        {
          doubleCounting: true,
          newAt: 24,
          interactions,
          _id: '5d7a6b9266f1bf664e3f6a7b',
          funnelId: 'sacarTarjeta',
          name: 'Sacar Tarjeta',
        },
      ],
    },
  },
  hasMore: false,
  next: null,
}

export const recordsExample = {
  limit: 10,
  skip: 0,
  objects: [
    {
      _id: '5d7bfc1298317f98fa111f99',
      app: '57add9d952a84d940c9194a6',
      account: '5970d180adf62b28c8630566',
      interaction: { funnel: 'sacarTarjeta', last: 'INGRESO', group: 'Sacar Tarjeta' },
      user: {
        extraData: [
          { name: 'DNI', cxt: '12345678' },
          { name: 'Celular', cxt: '1412345678' },
          { name: 'Ingreso', cxt: '1000' },
        ],
        messageUser: '5d7aa7b9a2b64670f6653afe',
        platform: 'messenger',
        firstName: 'Juan',
        lastName: 'Perez',
      },
      createdAt: '2019-09-13T20:29:06.684Z',
      updatedAt: '2019-09-13T20:31:05.057Z',
    },
  ],
  hasMore: false,
  next: null,
}
