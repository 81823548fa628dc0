import type { Locale } from '#tenancy'

/** What the download pages say. */
export interface PageTexts {
  ready: string
  size: string
  rows: string
  created: string
  expires: string
  checksum: string
  checksumHint: string
  download: string
  bearer: string
  goneTitle: string
  goneText: string
  revokedTitle: string
  revokedText: string
  fullTitle: string
  fullText: string
  missingTitle: string
  missingText: string
}

export const pageTexts: Record<Locale, PageTexts> = {
  es: {
    ready: 'Tu archivo está listo',
    size: 'Tamaño',
    rows: 'Filas',
    created: 'Creado',
    expires: 'Disponible hasta',
    checksum: 'SHA-256',
    checksumHint: 'Con esta suma puedes comprobar que el archivo llegó completo.',
    download: 'Descargar',
    bearer: 'Quien tenga este enlace puede descargar el archivo. Compártelo solo con quien deba verlo.',
    goneTitle: 'Este archivo ya no está disponible',
    goneText: 'Fue eliminado. Pide una nueva exportación para obtener los datos otra vez.',
    revokedTitle: 'Este enlace fue anulado',
    revokedText: 'Ya no abre el archivo. Pide un enlace nuevo a quien hizo la exportación.',
    fullTitle: 'Hay demasiadas descargas en curso',
    fullText: 'Vuelve a esta página en un minuto y prueba otra vez.',
    missingTitle: 'Este enlace no es válido',
    missingText: 'Puede estar incompleto: ábrelo de nuevo desde el correo, tal como llegó.',
  },
  en: {
    ready: 'Your file is ready',
    size: 'Size',
    rows: 'Rows',
    created: 'Created',
    expires: 'Available until',
    checksum: 'SHA-256',
    checksumHint: 'With this sum you can check that the file arrived whole.',
    download: 'Download',
    bearer: 'Whoever has this link can download the file. Share it only with people who may see it.',
    goneTitle: 'This file is no longer available',
    goneText: 'It was deleted. Ask for a new export to get the data again.',
    revokedTitle: 'This link was revoked',
    revokedText: 'It no longer opens the file. Ask whoever made the export for a new link.',
    fullTitle: 'Too many downloads are under way',
    fullText: 'Come back to this page in a minute and try again.',
    missingTitle: 'This link is not valid',
    missingText: 'It may be incomplete: open it again from the mail, just as it came.',
  },
}
