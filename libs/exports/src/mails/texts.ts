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
  whatNow: string
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
      `La exportación que pediste de ${workspace} (${requestedAt}) no se pudo completar.`,
    why: {
      storage_unavailable: 'El almacenamiento de archivos no estuvo disponible durante demasiado tiempo.',
      database_unavailable: 'La base de datos no estuvo disponible durante demasiado tiempo.',
      timed_out: 'La exportación tardó más de lo permitido.',
      too_large: 'El archivo supera el tamaño máximo que admite el almacenamiento.',
      worker_lost: 'El proceso que la generaba se interrumpió varias veces.',
      internal_error: 'Ocurrió un error de nuestro lado.',
    },
    whatNow:
      'Ningún dato se ha perdido: puedes pedirla de nuevo. Un filtro más estrecho produce un archivo más pequeño.',
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
      `The export you asked for from ${workspace} (${requestedAt}) could not be completed.`,
    why: {
      storage_unavailable: 'The file storage was unavailable for too long.',
      database_unavailable: 'The database was unavailable for too long.',
      timed_out: 'The export took longer than is allowed.',
      too_large: 'The file is larger than the storage takes.',
      worker_lost: 'The process that was making it was interrupted several times.',
      internal_error: 'Something went wrong on our side.',
    },
    whatNow: 'No data is lost: you can ask for it again. A narrower filter makes a smaller file.',
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
