import { deliveredMails } from './delivered-mails.js'
import type { Evidence, Finding, Invariant } from './evidence.js'

const name = 'logs-tell-no-secrets'
/** Whatever has the form of a key or an app token, whether or not it is one. */
const tokenForm = /(?:sk-workspace|\bapp)_[A-Za-z0-9]{16,}/

/** What `runChild` puts before each line. */
const byRunChild = /^[\w-]+ \| /

/** No log has a secret, an address, a token or a link's token; what gateways and workers print is a JSON object a line. */
export const logsTellNoSecrets: Invariant = { name, check }

async function check(evidence: Evidence): Promise<Finding[]> {
  const links = (await deliveredMails(evidence)).flatMap(({ token }) => (token === null ? [] : [token]))
  const forbidden = [
    ...evidence.secrets.map((text) => ({ what: 'a secret', text })),
    ...evidence.addresses.map((text) => ({ what: 'an address', text })),
    ...[...new Set(links)].map((text) => ({ what: "a mailed link's token", text })),
  ]
  // An empty one would be in every line.
  const needles = forbidden.filter(({ text }) => text !== '')

  /** What is told, without telling it again. */
  const tells = (line: string): string[] => {
    const told = needles.filter(({ text }) => line.includes(text)).map(({ what }) => what)
    return tokenForm.test(line) ? [...told, 'what looks like a token'] : told
  }

  return [...evidence.logs].flatMap(([process, lines]) =>
    lines.flatMap((line, index) => {
      const isLast = index === lines.length - 1
      const isProse = /^(gateway|worker)/.test(process) && !isLast && !isJsonObject(line)
      const wrongs = isProse ? [...tells(line), 'no JSON'] : tells(line)
      return [...new Set(wrongs)].map((what) => {
        const exportId = /exp_[0-9a-f]{16}/.exec(line)?.[0] ?? null
        return { invariant: name, exportId, says: `line ${index + 1} of ${process} has ${what}` }
      })
    }),
  )
}

function isJsonObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line.replace(byRunChild, ''))
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
