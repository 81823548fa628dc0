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
