import type { Choices } from './prng.js'

/**
 * What conversations are about: the demo's chatbots, accounts and funnels, which a workspace needs to take the events.
 * Ids are fixed, and where the four API documents show one it is theirs, so that their examples work against the demo
 * to the letter.
 */

export type Language = 'es' | 'en'

export interface CatalogChatbot {
  id: string
  object_id: string
  name: string
  owner_user_id: string
  is_default: boolean
}

export const defaultChatbot: CatalogChatbot = {
  id: 'cb_1234567890abcdef',
  object_id: '57add9d952a84d940c9194a6',
  name: 'asistente-tarjetas',
  owner_user_id: 'user_demo_owner',
  is_default: true,
}
const loansChatbot: CatalogChatbot = {
  id: 'cb_0fedcba987654321',
  object_id: '57add9d952a84d940c9194a7',
  name: 'Asistente de Préstamos',
  owner_user_id: 'user_demo_owner',
  is_default: false,
}
export const chatbots: Choices<CatalogChatbot> = [defaultChatbot, loansChatbot]

export type Platform = 'messenger' | 'whatsapp' | 'webchat'

export interface CatalogAccount {
  id: string
  name: string
  slug: string
  platform: Platform
}

const messenger: CatalogAccount = {
  id: '5970d180adf62b28c8630566',
  name: 'Leadferry Perú',
  slug: 'leadferry-peru',
  platform: 'messenger',
}
const whatsapp: CatalogAccount = {
  id: '5970d180adf62b28c8630567',
  name: 'WhatsApp Ventas ☎️',
  slug: 'ventas',
  platform: 'whatsapp',
}
const webchat: CatalogAccount = {
  id: '5970d180adf62b28c8630568',
  name: 'www.leadferry.example',
  slug: 'web',
  platform: 'webchat',
}
export const accounts: Choices<CatalogAccount> = [messenger, whatsapp, webchat]

/** Each with the part of the people who come by it. */
export const channels: Choices<readonly [CatalogAccount, number]> = [
  [messenger, 45],
  [whatsapp, 35],
  [webchat, 20],
]

/** Something a visitor is asked for. */
export type Field = 'name' | 'email' | 'phone' | 'dni' | 'income'

export interface CatalogStep {
  interaction: string
  /** Collected on this step: the name it goes by, and what it is. */
  collects?: { name: string; field: Field }
  /** The part of those who were here that comes here again for the next step. */
  goesOn: number
}

export interface CatalogGroup {
  id: string
  funnel: string
  name: string
  doubleCounting: boolean
  /** Hours. */
  newAt: number
  steps: Choices<CatalogStep>
}

/** The funnel of the Chat-Tonic document, with its group. */
const cards: CatalogGroup = {
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
const loans: CatalogGroup = {
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

const demoRequest: CatalogGroup = {
  id: '5d7a6b9266f1bf664e3f6a7d',
  funnel: 'product-demo',
  name: 'Product demo',
  doubleCounting: true,
  newAt: 72,
  steps: [
    { interaction: 'START', goesOn: 0.75 },
    { interaction: 'NAME', goesOn: 0.85, collects: { name: 'Name', field: 'name' } },
    { interaction: 'EMAIL', goesOn: 0.72, collects: { name: 'Email', field: 'email' } },
    { interaction: 'PHONE', goesOn: 0.8, collects: { name: 'Phone', field: 'phone' } },
    { interaction: 'BOOKED', goesOn: 0 },
  ],
}

export const groups: Choices<CatalogGroup> = [cards, loans, demoRequest]

/** A funnel group with the chatbot that leads through it, and the language they speak there. */
export interface Journey {
  group: CatalogGroup
  chatbot: CatalogChatbot
  language: Language
}

/** Each with how many of the people come for it. */
export const journeys: Choices<readonly [Journey, number]> = [
  [{ group: cards, chatbot: defaultChatbot, language: 'es' }, 52],
  [{ group: loans, chatbot: loansChatbot, language: 'es' }, 24],
  [{ group: demoRequest, chatbot: defaultChatbot, language: 'en' }, 24],
]
