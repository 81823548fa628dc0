import type { Locale } from '#tenancy'
import type { FailureReason } from '../reasons.js'

/** What a mail says, in one language. */
export interface MailTexts {
  readySubject(fileName: string): string
  failedSubject: string
  greeting(name: string): string
  ready(workspace: string): string
  failed(workspace: string, requestedAt: string): string
  why: Record<FailureReason, string>
  /** What the recipient can do: ask for less, or ask again. */
  askForLess: string
  askAgain(workspace: string): string
  button: string
  file: string
  rows: string
  size: string
  checksum: string
  until: string
  bearer: string
  footer(workspace: string): string
}

export const mailTexts: Record<Locale, MailTexts> = {
  es: {
    readySubject: (fileName) => `Tu exportación está lista: ${fileName}`,
    failedSubject: 'No pudimos completar tu exportación',
    greeting: (name) => `Hola, ${name}:`,
    ready: (workspace) => `La exportación que pediste de ${workspace} está lista.`,
    failed: (workspace, requestedAt) =>
      `La exportación de ${workspace} que pediste el ${requestedAt} no se pudo completar.`,
    why: {
      storage_unavailable: 'El almacenamiento de archivos no estuvo disponible durante demasiado tiempo.',
      storage_refused: 'El almacenamiento no aceptó el archivo, porque está lleno o nos niega el acceso.',
      database_unavailable: 'La base de datos no estuvo disponible durante demasiado tiempo.',
      timed_out: 'La exportación tardó más de lo permitido.',
      too_large: 'El archivo supera el tamaño máximo que admite el almacenamiento.',
      worker_lost: 'El proceso que la generaba se interrumpió varias veces.',
      internal_error: 'Ocurrió un error de nuestro lado.',
    },
    askForLess:
      'Ningún dato se ha perdido. Pídela de nuevo con un filtro más estrecho, por ejemplo por partes de pocos días.',
    askAgain: (workspace) =>
      `Ningún dato se ha perdido: puedes pedirla de nuevo. Si vuelve a fallar, avisa a quien administra ${workspace} e indica el Id.`,
    button: 'Descargar el archivo',
    file: 'Archivo',
    rows: 'Filas',
    size: 'Tamaño',
    checksum: 'SHA-256',
    until: 'Disponible hasta',
    bearer: 'Quien tenga este enlace puede descargar el archivo: no lo reenvíes a quien no deba verlo.',
    footer: (workspace) => `Recibes este correo porque se pidió una exportación de ${workspace} a tu nombre.`,
  },
  en: {
    readySubject: (fileName) => `Your export is ready: ${fileName}`,
    failedSubject: 'We could not complete your export',
    greeting: (name) => `Hello ${name},`,
    ready: (workspace) => `The export you asked for from ${workspace} is ready.`,
    failed: (workspace, requestedAt) =>
      `The export from ${workspace} that you asked for on ${requestedAt} could not be completed.`,
    why: {
      storage_unavailable: 'The file storage was unavailable for too long.',
      storage_refused: 'The file storage did not take the file: it is full, or denies us access.',
      database_unavailable: 'The database was unavailable for too long.',
      timed_out: 'The export took longer than is allowed.',
      too_large: 'The file is larger than the storage takes.',
      worker_lost: 'The process that was making it was interrupted several times.',
      internal_error: 'Something went wrong on our side.',
    },
    askForLess: 'No data is lost. Ask for it again with a narrower filter, for example a few days at a time.',
    askAgain: (workspace) =>
      `No data is lost: you can ask for it again. If it fails once more, tell whoever runs ${workspace}, and name the Id.`,
    button: 'Download the file',
    file: 'File',
    rows: 'Rows',
    size: 'Size',
    checksum: 'SHA-256',
    until: 'Available until',
    bearer: 'Whoever has this link can download the file: do not forward it to anyone who should not see it.',
    footer: (workspace) =>
      `You receive this mail because an export of ${workspace} was requested in your name.`,
  },
}
