import type { Locale } from '#tenancy'

/** What the archive pages say. */
export interface ArchiveTexts {
  archive: string
  login: { title: string; text: string; token: string; hint: string; button: string }
  problems: Record<'wrong' | 'ended' | 'tooMany', string>
  logout: string
  logoutEverywhere: string
  path: string
  formats: string
  folders: string
  files: string
  empty: string
  emptyFolder: string
  noFiles: string
  folder: string
  file: string
  day: string
  rows: string
  size: string
  download: string
  search: string
  from: string
  to: string
  oneDay: string
  onlyHere: string
  searchButton: string
  wrongDays: string
  /** Of one day, and of several. */
  filesOf: (day: string) => string
  filesBetween: (first: string, last: string) => string
  backToFolder: string
  next: string
  toStart: string
  pages: string
  backToArchive: string
  notices: Record<'missing' | 'gone' | 'foreign' | 'busy' | 'full' | 'wrong', { title: string; text: string }>
  /** Folders of the tree that have a name in people's words. */
  names: Record<string, string>
}

export const archiveTexts: Record<Locale, ArchiveTexts> = {
  es: {
    archive: 'Archivo',
    login: {
      title: 'Archivo de datos',
      text: 'Entra con el token de aplicación de tu espacio de trabajo para ver y descargar sus archivos.',
      token: 'Token de aplicación',
      hint: 'Empieza con app_',
      button: 'Entrar',
    },
    problems: {
      wrong: 'Ese token no es válido. Revisa que esté completo y que empiece con app_.',
      ended: 'Tu sesión terminó. Entra otra vez para continuar.',
      tooMany: 'Hubo demasiados intentos. Espera un minuto y prueba otra vez.',
    },
    logout: 'Salir',
    logoutEverywhere: 'Cerrar todas las sesiones',
    path: 'Ruta',
    formats: 'Formato',
    folders: 'Carpetas',
    files: 'Archivos',
    empty: 'Todavía no hay archivos en este formato.',
    emptyFolder: 'Esta carpeta está vacía. Los archivos de un día aparecen cuando el día termina.',
    noFiles: 'No hay archivos de esas fechas.',
    folder: 'Carpeta',
    file: 'Archivo',
    day: 'Fecha',
    rows: 'Filas',
    size: 'Tamaño',
    download: 'Descargar',
    search: 'Buscar por fecha',
    from: 'Desde',
    to: 'Hasta',
    oneDay: 'Para un solo día, llena una de las dos fechas.',
    onlyHere: 'Solo en esta carpeta',
    searchButton: 'Buscar',
    wrongDays: 'Revisa las fechas: deben existir, y la primera no puede ser posterior a la última.',
    filesOf: (day) => `Archivos del ${day}`,
    filesBetween: (first, last) => `Archivos del ${first} al ${last}`,
    backToFolder: 'Volver a la carpeta',
    next: 'Siguientes',
    toStart: 'Volver al inicio',
    pages: 'Páginas',
    backToArchive: 'Volver al archivo',
    notices: {
      missing: { title: 'Ese archivo no existe', text: 'Puede haber sido reemplazado o eliminado.' },
      gone: {
        title: 'Este archivo ya no está disponible',
        text: 'Su plazo terminó. Pide una nueva exportación para obtener los datos otra vez.',
      },
      foreign: {
        title: 'No se pudo comprobar de dónde viene este formulario',
        text: 'Abre el archivo otra vez e inténtalo desde allí.',
      },
      busy: { title: 'Demasiadas solicitudes', text: 'Espera un minuto y prueba otra vez.' },
      full: {
        title: 'Hay demasiadas descargas en curso',
        text: 'Espera a que termine alguna, o prueba otra vez en un minuto.',
      },
      wrong: { title: 'Esta dirección no es válida', text: 'Puede estar incompleta o ser de otra lista.' },
    },
    names: {
      exports: 'Exportaciones',
      funnels: 'Embudos',
      leads: 'Leads',
      messageUsers: 'Usuarios',
      messages: 'Mensajes',
      all: 'Todas las cuentas',
    },
  },
  en: {
    archive: 'Archive',
    login: {
      title: 'Data archive',
      text: 'Log in with the app token of your workspace to see and download its files.',
      token: 'App token',
      hint: 'It begins with app_',
      button: 'Log in',
    },
    problems: {
      wrong: 'That token is not valid. Check that it is complete and begins with app_.',
      ended: 'Your session has ended. Log in again to go on.',
      tooMany: 'There were too many attempts. Wait a minute and try again.',
    },
    logout: 'Log out',
    logoutEverywhere: 'End all sessions',
    path: 'Path',
    formats: 'Format',
    folders: 'Folders',
    files: 'Files',
    empty: 'There are no files in this format yet.',
    emptyFolder: 'This folder is empty. The files of a day appear when the day is over.',
    noFiles: 'There are no files of these dates.',
    folder: 'Folder',
    file: 'File',
    day: 'Date',
    rows: 'Rows',
    size: 'Size',
    download: 'Download',
    search: 'Search by date',
    from: 'From',
    to: 'To',
    oneDay: 'For a single day, fill in one of the two dates.',
    onlyHere: 'Only in this folder',
    searchButton: 'Search',
    wrongDays: 'Check the dates: they must exist, and the first may not be after the last.',
    filesOf: (day) => `Files of ${day}`,
    filesBetween: (first, last) => `Files from ${first} to ${last}`,
    backToFolder: 'Back to the folder',
    next: 'Next',
    toStart: 'Back to the start',
    pages: 'Pages',
    backToArchive: 'Back to the archive',
    notices: {
      missing: { title: 'There is no such file', text: 'It may have been replaced or deleted.' },
      gone: {
        title: 'This file is no longer available',
        text: 'Its time is over. Ask for a new export to get the data again.',
      },
      foreign: {
        title: 'We could not verify where this form came from',
        text: 'Open the archive again and try it from there.',
      },
      busy: { title: 'Too many requests', text: 'Wait a minute and try again.' },
      full: {
        title: 'Too many downloads are under way',
        text: 'Wait until one of them ends, or try again in a minute.',
      },
      wrong: { title: 'This address is not valid', text: 'It may be incomplete, or be of another list.' },
    },
    names: {
      exports: 'Exports',
      funnels: 'Funnels',
      leads: 'Leads',
      messageUsers: 'Users',
      messages: 'Messages',
      all: 'All accounts',
    },
  },
}
