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
      .object({
        field: z.string().optional().describe('The parameter or field that is wrong, nested ones with dots'),
        value: z
          .unknown()
          .optional()
          .describe('What came, where it is one short value; never with a 404 or an Idempotency-Key'),
        message: z.string().optional().describe('What was expected'),
        reason: z
          .string()
          .optional()
          .describe(
            'TOO_MANY_REQUESTS: rate_limited, too_many_waiting (exports), workspace_busy or idempotency_budget. ' +
              'PAYLOAD_TOO_LARGE: over_rate_limit',
          ),
        limit: z.number().int().optional().describe('TOO_MANY_REQUESTS: how much there may be'),
        email: z.string().optional().describe('DUPLICATE_EMAIL: the address that is taken'),
        existingLeadId: z.string().optional().describe('DUPLICATE_EMAIL: the lead that has it'),
      })
      .describe('Empty where there is no more to say'),
    requestId: z.string().describe('The same as the header X-Request-Id'),
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
