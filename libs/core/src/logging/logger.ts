import type { LoggerService } from '@nestjs/common'
import { type Logger, pino } from 'pino'
import { PinoPretty as pretty } from 'pino-pretty'
import type { Config } from '../config/schema.js'
import { spanIds } from '../tracing/trace.js'
import { standardOutput } from './standard-output.js'

/** Never printed, wherever they stand in a logged object. */
const secrets = [
  'authorization',
  'token',
  'password',
  'secret',
  'email',
  'to',
  'recipient',
  'recipient_email',
]

/**
 * JSON lines on standard output, with secrets and addresses left out; a line for people where that is a terminal, or
 * LOG_FORMAT says so. A line that is written while a span is open has its ids.
 */
export function createLogger(app: string, { LOG_LEVEL: level, LOG_FORMAT: format }: LogConfig): Logger {
  const paths = secrets.flatMap((name) => [name, `*.${name}`, `req.headers.${name}`])
  const options = { level, base: { app }, redact: { paths, censor: '[redacted]' }, mixin: spanIds }
  const isPretty = format === 'pretty' || (format === 'auto' && process.stdout.isTTY)
  if (!isPretty) return pino(options, standardOutput)
  return pino(options, pretty({ sync: true, ignore: 'app,context', translateTime: 'SYS:HH:MM:ss.l' }))
}

type LogConfig = Pick<Config, 'LOG_LEVEL' | 'LOG_FORMAT'>

/** Lets Nest and its libraries log through pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, ...rest: unknown[]) => this.write('info', message, rest)
  error = (message: unknown, ...rest: unknown[]) => this.write('error', message, rest)
  warn = (message: unknown, ...rest: unknown[]) => this.write('warn', message, rest)
  debug = (message: unknown, ...rest: unknown[]) => this.write('debug', message, rest)
  verbose = (message: unknown, ...rest: unknown[]) => this.write('trace', message, rest)
  fatal = (message: unknown, ...rest: unknown[]) => this.write('fatal', message, rest)

  /** Nest hands over the message, what else was given, and last the context: `Logger(context).warn(fields, text)`. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ) {
    const context = rest.at(-1)
    const more = rest.slice(0, -1)
    if (message instanceof Error) return this.logger[level]({ err: message, context }, message.message)
    if (typeof message === 'object' && message !== null) {
      return this.logger[level]({ ...message, context }, typeof more[0] === 'string' ? more[0] : undefined)
    }
    // Nest's own errors come as (text, stack, context)
    const stack = typeof more[0] === 'string' ? { stack: more[0] } : {}
    this.logger[level]({ context, ...stack }, String(message))
  }
}
