import { setTimeout as sleep } from 'node:timers/promises'
import type { Tenant } from '../world/tenants.js'

interface Answer {
  status: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of the API, looked into by name
  body: any
}

/** A gateway that has not answered by then is as good as gone. */
const PATIENCE_MS = 6000
const PAUSE_MS = 250
/** After so many tries it is not a fault any more that keeps the answer away. */
const TRIES = 200

/** Who asks the gateways, and asks the next one until there is an answer, as an integration would. */
export class Clients {
  private turn = 0
  /** Answers that no client should ever get. */
  readonly complaints: string[] = []

  constructor(private readonly gatewayUrls: readonly string[]) {}

  /** Asks until somebody answers something that is not an outage. @throws Error when nobody ever does */
  async insist(tenant: Tenant, method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    for (let tries = 0; tries < TRIES; tries++) {
      const url = this.gatewayUrls[this.turn++ % this.gatewayUrls.length] ?? ''
      const answer = await ask(url, tenant.key, method, path, body, key)
      if (answer !== null && answer.status === 500)
        this.complaints.push(`${method} ${path} was answered 500: ${JSON.stringify(answer.body)}`)
      if (answer !== null && answer.status < 500 && !isInFlight(answer)) return answer
      await sleep(PAUSE_MS)
    }
    throw new Error(`nobody answered ${method} ${path} in ${TRIES} tries`)
  }
}

/** The same request is under way elsewhere, or was when its gateway died. */
const isInFlight = ({ body }: Answer) => body?.code === 'IDEMPOTENCY_IN_FLIGHT'

async function ask(
  url: string,
  apiKey: string,
  method: string,
  path: string,
  body: unknown,
  idempotencyKey: string | undefined,
): Promise<Answer | null> {
  try {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        Authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  } catch {
    // Refused, cut, or too late: all the same to who asks.
    return null
  }
}
