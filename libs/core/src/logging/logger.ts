import type { LoggerService } from '@nestjs/common'
import { type Logger, pino } from 'pino'

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

/** JSON lines on standard output, with secrets and addresses left out. */
export function createLogger(app: string, level: string): Logger {
  const paths = secrets.flatMap((name) => [name, `*.${name}`, `req.headers.${name}`])
  return pino({ level, base: { app }, redact: { paths, censor: '[redacted]' } })
}

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
