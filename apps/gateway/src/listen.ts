import type { NestFastifyApplication } from '@nestjs/platform-fastify'

/**
 * @param variable what the port came from, for the message
 * @throws Error with one line for a port that is taken or not allowed
 */
export async function listen(
  app: NestFastifyApplication,
  host: string,
  port: number,
  variable: string,
): Promise<void> {
  try {
    // Not by Nest's own listen, which logs the error too: one line is to say it.
    await app.getHttpAdapter().getInstance().listen({ host, port })
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === 'EADDRINUSE') throw new Error(`port ${port} (${variable}) is taken on ${host}`)
    if (code === 'EACCES')
      throw new Error(`port ${port} (${variable}) needs privileges that this process does not have`)
    throw error
  }
}
