import { Mailer } from '#core'
import { type Check, fine } from './check.js'

/** The mail server greets, and takes the login of SMTP_URL; nothing is sent. */
export const mail: Check = {
  name: 'mail',
  advice:
    'Mend SMTP_URL: host, port, smtps:// for TLS from the first byte, and user and password where the server wants them.',
  async run(config) {
    await new Mailer(config).verify()
    const { host, username } = new URL(config.SMTP_URL)
    return fine(`The mail server at ${host} answers${username === '' ? '' : ', and takes the login'}.`)
  },
}
