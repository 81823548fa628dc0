import type { Choices } from './prng.js'

/**
 * What the demo workspace consists of. Ids are fixed, and where the four API documents show one it is theirs, so that
 * their examples work against the demo to the letter.
 */

export interface DemoChatbot {
  id: string
  object_id: string
  name: string
  owner_user_id: string
  is_default: boolean
}

export const defaultChatbot: DemoChatbot = {
  id: 'cb_1234567890abcdef',
  object_id: '57add9d952a84d940c9194a6',
  name: 'asistente-tarjetas',
  owner_user_id: 'user_demo_owner',
  is_default: true,
}
const loansChatbot: DemoChatbot = {
  id: 'cb_0fedcba987654321',
  object_id: '57add9d952a84d940c9194a7',
  name: 'Asistente de Préstamos',
  owner_user_id: 'user_demo_owner',
  is_default: false,
}
export const chatbots: Choices<DemoChatbot> = [defaultChatbot, loansChatbot]

export interface DemoAccount {
  id: string
  name: string
  slug: string
  platform: string
}

export const messenger: DemoAccount = {
  id: '5970d180adf62b28c8630566',
  name: 'Leadferry Perú',
  slug: 'leadferry-peru',
  platform: 'messenger',
}
export const whatsapp: DemoAccount = {
  id: '5970d180adf62b28c8630567',
  name: 'WhatsApp Ventas ☎️',
  slug: 'ventas',
  platform: 'whatsapp',
}
export const webchat: DemoAccount = {
  id: '5970d180adf62b28c8630568',
  name: 'www.leadferry.example',
  slug: 'web',
  platform: 'webchat',
}
export const accounts: Choices<DemoAccount> = [messenger, whatsapp, webchat]

/** Something a visitor is asked for. */
export type Field = 'name' | 'email' | 'phone' | 'dni' | 'income'

export interface DemoStep {
  interaction: string
  /** Collected on this step: the name it goes by, and what it is. */
  collects?: { name: string; field: Field }
  /** The part of those who were here that comes here again for the next step. */
  goesOn: number
}

export interface DemoGroup {
  id: string
  funnel: string
  name: string
  doubleCounting: boolean
  /** Hours. */
  newAt: number
  steps: Choices<DemoStep>
}

/** The funnel of the Chat-Tonic document, with its group. */
const cards: DemoGroup = {
  id: '5d7a6b9266f1bf664e3f6a7b',
  funnel: 'sacarTarjeta',
  name: 'Sacar Tarjeta',
  doubleCounting: true,
  newAt: 24,
  steps: [
    { interaction: 'INICIO', goesOn: 0.74 },
    { interaction: 'DNI', goesOn: 0.72, collects: { name: 'DNI', field: 'dni' } },
    { interaction: 'CELULAR', goesOn: 0.78, collects: { name: 'Celular', field: 'phone' } },
    { interaction: 'INGRESO', goesOn: 0.83, collects: { name: 'Ingreso', field: 'income' } },
    { interaction: 'FIN', goesOn: 0 },
  ],
}

/** No double counting: whoever comes back goes on with the record there is. */
const loans: DemoGroup = {
  id: '5d7a6b9266f1bf664e3f6a7c',
  funnel: 'Solicitud de préstamo',
  name: 'Préstamo "personal", web y chat',
  doubleCounting: false,
  newAt: 24,
  steps: [
    { interaction: 'INICIO', goesOn: 0.68 },
    { interaction: 'NOMBRE', goesOn: 0.8, collects: { name: 'Nombre', field: 'name' } },
    { interaction: 'CORREO', goesOn: 0.7, collects: { name: 'Correo', field: 'email' } },
    { interaction: 'CELULAR', goesOn: 0.86, collects: { name: 'Celular', field: 'phone' } },
    { interaction: 'FIN', goesOn: 0 },
  ],
}

const demoRequest: DemoGroup = {
  id: '5d7a6b9266f1bf664e3f6a7d',
  funnel: 'product-demo',
  name: 'Product demo',
  doubleCounting: true,
  newAt: 72,
  steps: [
    { interaction: 'START', goesOn: 0.6 },
    { interaction: 'EMAIL', goesOn: 0.75, collects: { name: 'Email', field: 'email' } },
    { interaction: 'BOOKED', goesOn: 0 },
  ],
}

/** Each with the chatbot that leads through it, and how many of its visitors come. */
export const journeys: Choices<readonly [{ group: DemoGroup; chatbot: DemoChatbot }, number]> = [
  [{ group: cards, chatbot: defaultChatbot }, 62],
  [{ group: loans, chatbot: loansChatbot }, 26],
  [{ group: demoRequest, chatbot: defaultChatbot }, 12],
]

export const groups: Choices<DemoGroup> = [cards, loans, demoRequest]
