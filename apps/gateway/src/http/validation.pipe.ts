import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common'
import type { z } from 'zod'
import { invalid } from '#core'
import { bracketedParameter } from './bracketed.js'
import { validated } from './validated.js'

/**
 * Checks a parameter by the zod schema that its decorator names; the first thing that is wrong becomes a
 * 400 that names its field. In the place of Nest's StandardSchemaValidationPipe, which does not see what
 * came when it makes its error, and deletes data whose key is `constructor` or `prototype`.
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const schema = metadata.schema as z.ZodType | undefined
    if (schema === undefined) return value
    const { data: name, type } = metadata
    const bracketed = type === 'query' ? bracketedParameter(schema, value) : undefined
    if (bracketed !== undefined) throw invalid(bracketed, 'Is one value, and has no brackets in its name')
    return validated(schema, value, name)
  }
}
