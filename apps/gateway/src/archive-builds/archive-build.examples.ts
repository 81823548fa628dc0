export const newArchiveBuildExample = { from: '2021-05-01', to: '2021-05-02' }

export const archiveBuildExample = {
  timeZone: 'America/Lima',
  days: [
    { day: '2021-05-01', state: 'due' },
    { day: '2021-05-02', state: 'due' },
  ],
}
