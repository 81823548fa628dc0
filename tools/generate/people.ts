import type { Language } from './catalog.js'
import { names } from './names.js'
import { nastyNames, nastyPhones } from './nasty.js'
import type { Choices, Random } from './prng.js'

/** Reserved for examples (RFC 2606), so that no mail ever reaches a stranger. */
const mailHosts: Choices<string> = [
  'example.com',
  'example.org',
  'example.net',
  'correo.example',
  'mail.example',
  'empresa.example',
]

export interface Person {
  firstName: string
  lastName: string
  /** Both together, or now and then something else altogether. */
  name: string
  phone: string
  /** Peru's identity number, eight digits, often with leading zeros. */
  dni: string
}

export function person(random: Random, language: Language): Person {
  const { first, last, double } = names[language]
  const firstName = random.pick(first)
  const lastName = random.chance(double) ? `${random.pick(last)} ${random.pick(last)}` : random.pick(last)
  const name = random.chance(0.03) ? random.pick(nastyNames) : spelling(random, `${firstName} ${lastName}`)
  return { firstName, lastName, name, phone: phone(random, language), dni: dni(random) }
}

/**
 * An address made of a name, as mail programs let people have it.
 * @param distinct ends the local part, and makes it the only one
 */
export function email(random: Random, name: string, distinct: number): string {
  const ascii = name
    .normalize('NFD')
    .replace(/[^A-Za-z' -]/g, '')
    .trim()
  const words = ascii.split(/[ -]+/).filter((word) => /^[A-Za-z]/.test(word))
  const local = (words.slice(0, 2).join(random.pick(['.', '_', '+'])) || 'lead') + String(distinct)
  const written = random.chance(0.06) ? local.toUpperCase() : random.chance(0.1) ? local : local.toLowerCase()
  return `${written}@${random.pick(mailHosts)}`
}

function spelling(random: Random, name: string): string {
  if (random.chance(0.02)) return name.normalize('NFD')
  if (random.chance(0.06)) return name.toLowerCase()
  return random.chance(0.04) ? name.toUpperCase() : name
}

export function phone(random: Random, language: Language): string {
  if (random.chance(0.05)) return random.pick(nastyPhones)
  if (language === 'en') return `+1555${random.digits(7)}`
  const mobile = `9${random.digits(8)}`
  return random.chance(0.12) ? mobile : `+51${mobile}`
}

const dni = (random: Random): string =>
  random.chance(0.25) ? `0${random.digits(7)}` : `${random.between(1, 7)}${random.digits(7)}`
