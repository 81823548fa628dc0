export const newExportExample = {
  dataset: 'leads',
  format: 'csv',
  gzip: true,
  filter: { startDate: '2024-01-01', status: 'new' },
  columns: ['lead_id', 'name', 'email', 'created_at'],
}

/** What it looks like when it is done. */
export const exportExample = {
  id: 'exp_4ce21ad0853e4b48',
  state: 'completed',
  dataset: 'leads',
  format: 'csv',
  gzip: true,
  rows: 50_000,
  bytes: 1_450_783,
  attempt: 1,
  error: null,
  nextAttemptAt: null,
  sha256: 'a2f4d1c0b37c56f1e0a9d8b6c4e3f2a1908172635445362718293a4b5c6d7e8f',
  acceptedAt: '2024-01-15T10:30:00.000Z',
  startedAt: '2024-01-15T10:30:00.020Z',
  snapshotAt: '2024-01-15T10:30:00.025Z',
  finishedAt: '2024-01-15T10:30:01.300Z',
  expiresAt: '2024-01-22T10:30:01.300Z',
  truncatedCells: 0,
  recipient: 'john.doe@example.com',
  archiveName: 'exports/all/2024-01-15-exp_4ce21ad0853e4b48.csv.gz',
  downloadUrl: 'https://your-domain.com/d/4ce21ad0853e4b48-2c7xSmYV0bq1rNn3Zk_9tA',
  statusUrl: 'https://your-domain.com/api/v1/exports/exp_4ce21ad0853e4b48',
}

export const exportListExample = {
  data: [exportExample],
  pagination: { page: 1, size: 20, hasMore: false, next: null },
}
