import { type AppError, errorCatalog } from '#core'
import { z } from 'zod'

/** The one body of every error, on every path of both ports. */
export const errorEnvelope = z
  .object({
    success: z.literal(false),
    error: z.string().describe("The code's sentence"),
    code: z.enum(Object.keys(errorCatalog) as [keyof typeof errorCatalog]),
    message: z.string().describe('What is wrong with this request'),
    details: z
      .looseObject({
        field: z.string().optional(),
        value: z.unknown().optional(),
        message: z.string().optional(),
      })
      .describe('The field that is wrong, the value that came (never with a 404), and what was expected'),
    requestId: z.string(),
  })
  .meta({ id: 'Error' })

export const envelope = (error: AppError, requestId: string): z.output<typeof errorEnvelope> => ({
  success: false,
  error: errorCatalog[error.code].error,
  code: error.code,
  message: error.message,
  details: error.details,
  requestId,
})
