import { AppError } from '#core'

/**
 * Runs what names fields by their short name, for a request that has them one level down: its errors
 * name `filter.funnel` where they would have named `funnel`.
 */
export async function inside<T>(parent: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.details.field === undefined) throw error
    throw new AppError(
      error.code,
      { ...error.details, field: `${parent}.${error.details.field}` },
      error.headers,
    )
  }
}
