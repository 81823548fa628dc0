/** Words that stand where a secret is still to be put. What random bytes spell in base64 is shorter. */
const placeholder =
  /change.?me|change.?this|replace.?(me|this)|place.?holder|your.?(secret|token|password|key)|not.?a.?secret|insecure|top.?secret|super.?secret|password|passw0rd/i

/** What software of this kind is installed with, but for digits and signs around it. */
const installed = new Set([
  ...['secret', 'mysecret', 'appsecret', 'admintoken', 'password', 'pass', 'admin', 'root', 'guest', 'test'],
  ...['postgres', 'redis', 'minio', 'minioadmin', 'superuser', 'owner', 'app', 'system', 'example'],
  ...['leadferry', 'leadferrysecret', 'leadferryapp', 'leadferrysystem', 'leadferryowner'],
])

/** Fewer bits than this can be searched: 16 random bytes have 128, and their text never shows less than this. */
const LEAST_BITS = 80

/** Says why a secret that people choose or copy can be guessed, or null. The text has nothing of the secret. */
export function placeholderProblem(secret: string, username = ''): string | null {
  const word = secret.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (placeholder.test(secret) || installed.has(word)) return 'is a placeholder'
  if (username !== '' && secret === username) return 'is a placeholder'
  if (isRepeated(secret)) return 'repeats a short text'
  return null
}

/** Says why a secret that only programs read can be guessed, or null. */
export function guessableProblem(secret: string): string | null {
  const problem = placeholderProblem(secret)
  if (problem !== null) return problem
  if (isSequence(secret)) return 'is a sequence of characters'
  return bitsOf(secret) < LEAST_BITS ? 'has too few different characters' : null
}

/** Whether the text is one part twice or more, the last time perhaps not whole. */
function isRepeated(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.startsWith(text.slice(period))) return true
  }
  return false
}

/** Whether most characters are the next, or the one before, of the one in front of them. */
function isSequence(text: string): boolean {
  let steps = 0
  for (let i = 1; i < text.length; i++) {
    if (Math.abs(text.charCodeAt(i) - text.charCodeAt(i - 1)) === 1) steps++
  }
  return steps > text.length / 2
}

/** Shannon's entropy by how often each character is there, times the length: what a text has at most. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= count * Math.log2(count / text.length)
  return bits
}
