import type { Tenant } from '../world/tenants.js'
import type { Clients } from './clients.js'

const PEOPLE = 40
const STEPS = 8

/** Messages and interactions of an hour, through the API, so that every dataset has rows. */
export async function tellConversations(tenant: Tenant, clients: Clients): Promise<void> {
  const start = Date.now() - 3_600_000
  const events = Array.from({ length: PEOPLE * STEPS }, (_, n) => {
    const common = {
      id: `evt-${tenant.name}-${n}`,
      time: new Date(start + n * 10_000).toISOString(),
      bot: 'asistente',
      account: { platform: 'messenger', name: `Página ${tenant.name}` },
      user: { id: `person-${n % PEOPLE}`, firstName: `Juan ${n % PEOPLE}`, lastName: 'Pérez' },
    }
    if (n % 2 === 0)
      return { ...common, type: 'message', sender: n % 4 === 0 ? 'user' : 'bot', text: `=hola "${n}"\n` }
    const data = [{ name: 'DNI', cxt: String(10_000_000 + n) }]
    return {
      ...common,
      type: 'interaction',
      funnel: 'F',
      group: 'G',
      interaction: n % 3 === 0 ? 'A' : 'B',
      data,
    }
  })
  const { status, body } = await clients.insist(tenant, 'POST', `/${tenant.name}/events`, { events })
  if (status !== 200 || body.accepted !== events.length)
    throw new Error(`events were answered ${status}: ${JSON.stringify(body).slice(0, 500)}`)
}
