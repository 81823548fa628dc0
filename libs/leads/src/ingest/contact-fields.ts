import { mailAddress, onOneLine } from '#core'

/** What collected data can fill of a lead; everything else is metadata. */
export type ContactField = 'name' | 'lastName' | 'email' | 'phone'

/** What the fields are called, by language: words as `words` leaves them. */
const names: Record<'es' | 'en', Record<ContactField, readonly string[]>> = {
  es: {
    name: [
      ...['nombre', 'nombres', 'nombre completo', 'nombres completos', 'tu nombre', 'su nombre'],
      ...['nombre y apellido', 'nombre y apellidos', 'nombres y apellidos', 'apellidos y nombres'],
    ],
    lastName: ['apellido', 'apellidos', 'apellido paterno'],
    email: [
      ...['correo', 'correo electronico', 'direccion de correo', 'tu correo', 'su correo', 'e mail', 'mail'],
    ],
    phone: [
      ...['celular', 'telefono', 'movil', 'telefono celular', 'telefono movil', 'numero de celular'],
      ...['numero de telefono', 'numero celular', 'nro de celular', 'nro celular', 'tu celular', 'whatsapp'],
    ],
  },
  en: {
    name: ['name', 'full name', 'first name', 'given name', 'your name', 'first and last name'],
    lastName: ['last name', 'surname', 'family name'],
    email: ['email', 'email address', 'mail address', 'your email', 'work email', 'e mail address'],
    phone: [
      ...['phone', 'phone number', 'telephone', 'mobile', 'mobile number', 'mobile phone', 'your phone'],
      ...['cell', 'cell phone', 'cellphone', 'cell number', 'whatsapp number'],
    ],
  },
}

const fields = new Map(
  Object.values(names).flatMap((language) =>
    (Object.keys(language) as ContactField[]).flatMap((field) =>
      language[field].map((name) => [name, field] as const),
    ),
  ),
)

/** Which field of a lead data of this name is, however it is spelled: `Correo electrónico`, `first_name`, `CELULAR:`. */
export const contactField = (name: string): ContactField | null =>
  fields.get(words(name)) ?? fields.get(words(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))) ?? null

/** In lower case, without accents; whatever else stands between letters and digits is one space. */
const words = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The characters people write numbers with, among them the digits of a number. */
const phone = /^[+(]{0,2}\p{Nd}[\p{Nd}\s().+/\p{Pd}]*$/u
const MAX_NAME_LENGTH = 200
const MIN_DIGITS = 6
const MAX_DIGITS = 20

/** What was told as the field keeps it; null for what is none: the answer "no tengo" to the question for an address. */
export function contactValue(field: ContactField, told: string): string | null {
  const value = told.trim()
  switch (field) {
    case 'name':
    case 'lastName': {
      // People answer on several lines; the answer itself is kept as it came.
      const name = onOneLine(value)
      return name === '' || name.length > MAX_NAME_LENGTH ? null : name
    }
    case 'email':
      return mailAddress.safeParse(value).success ? value : null
    case 'phone': {
      const digits = value.match(/\p{Nd}/gu)?.length ?? 0
      return phone.test(value) && digits >= MIN_DIGITS && digits <= MAX_DIGITS ? value : null
    }
  }
}
