import pg from 'pg'

/**
 * A time as ISO-8601 with microseconds and Z, all of one length: `2024-01-15T10:30:00.000000Z`. What PostgreSQL
 * keeps, whole: a Date would lose the microseconds, and costs more to make than the rest of a row.
 */
export type IsoTime = string

/** The type's number in PostgreSQL's catalog. */
const TIMESTAMPTZ: number = pg.types.builtins.TIMESTAMPTZ

type ParserOf = (type: number, format?: 'text' | 'binary') => (text: string) => unknown
const usual = pg.types.getTypeParser as ParserOf

/** For pg's `types`: timestamptz comes as IsoTime, everything else as always. */
export const isoTimes: { getTypeParser: ParserOf } = {
  getTypeParser: (type, format) => (type === TIMESTAMPTZ ? isoTime : usual(type, format)),
}

/** With milliseconds, as the API tells times. */
export const inMilliseconds = (time: IsoTime): string => `${time.slice(0, 23)}Z`

/** @param text as PostgreSQL writes it in its DateStyle ISO: `2024-01-15 10:30:00.12+00`, with whatever offset */
function isoTime(text: string): IsoTime {
  const utc = text.endsWith('+00') ? text : inUtc(text)
  const fraction = utc.length > 22 ? utc.slice(20, -3) : ''
  return `${utc.slice(0, 10)}T${utc.slice(11, 19)}.${fraction.padEnd(6, '0')}Z`
}

/** For a session whose time zone is another: the same instant as a session in UTC would have it. */
function inUtc(text: string): string {
  const fraction = /\.\d+/.exec(text)?.[0] ?? ''
  const offset = /[+-]\d\d(:\d\d)?(:\d\d)?$/.exec(text)?.[0] ?? '+00'
  const [hours = 0, minutes = 0, seconds = 0] = offset.slice(1).split(':').map(Number)
  const ahead = (offset.startsWith('-') ? -1000 : 1000) * (hours * 3600 + minutes * 60 + seconds)
  const wall = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`)
  const utc = new Date(wall - ahead).toISOString()
  return `${utc.slice(0, 10)} ${utc.slice(11, 19)}${fraction}+00`
}
