import { getMetadataArgsStorage } from 'typeorm'
import type { IsoTime } from './iso-times.js'

type Class<T extends object> = new () => T

/** What plain SQL selects so that `entityOf` can make an entity of a row. */
export const entityColumns = (entity: Class<object>): string =>
  columnsOf(entity)
    .map(({ name, property }) => `${name} AS "${property}"`)
    .join(', ')

/** A row that plain SQL read as `app`, as TypeORM would have made it: times are Dates, to the millisecond. */
export function entityOf<T extends object>(entity: Class<T>, row: object): T {
  const values = row as Record<string, unknown>
  const made = new entity() as Record<string, unknown>
  for (const { property, isTime } of columnsOf(entity)) {
    const value = values[property]
    made[property] = isTime && value !== null ? new Date(value as IsoTime) : value
  }
  return made as T
}

const columnsOf = (entity: Class<object>) =>
  getMetadataArgsStorage()
    .filterColumns(entity)
    .map(({ propertyName, options: { name, type } }) => ({
      name: name ?? propertyName,
      property: propertyName,
      isTime: type === 'timestamptz',
    }))
