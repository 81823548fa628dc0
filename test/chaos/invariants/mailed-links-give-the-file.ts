import { createHash } from 'node:crypto'
import { deliveredMails } from './delivered-mails.js'
import type { Evidence, Finding, Invariant } from './evidence.js'
import { everyExportOf, type JudgedExport } from './judged-export.js'

const name = 'mailed-links-give-the-file'
/** Links that are followed: every nth, spread over all. */
const SAMPLE = 20

/** A recipient who follows the link, sees the page and presses the button gets the bytes that the index tells of. */
export const mailedLinksGiveTheFile: Invariant = { name, check }

async function check(evidence: Evidence): Promise<Finding[]> {
  const completed = (await everyExportOf(evidence)).filter(({ state }) => state === 'completed')
  const tokens = new Map((await deliveredMails(evidence)).map(({ exportId, token }) => [exportId, token]))
  const mailed = completed.filter(({ id }) => typeof tokens.get(id) === 'string')
  const every = Math.max(1, Math.ceil(mailed.length / SAMPLE))
  const findings: Finding[] = []
  for (const export_ of mailed.filter((_, n) => n % every === 0)) {
    const link = new URL(`/d/${tokens.get(export_.id)}`, evidence.apiUrl)
    const says = await wrongDownload(link, export_)
    if (says !== null) findings.push({ invariant: name, exportId: export_.id, says })
  }
  return findings
}

/** @returns what a recipient would complain about */
async function wrongDownload(link: URL, { sha256 }: JudgedExport): Promise<string | null> {
  const page = await fetch(link)
  if (page.status !== 200) return `the page behind its link answers ${page.status}`
  if (!(await page.text()).includes(sha256 ?? '-'))
    return 'the page behind its link does not show its checksum'
  const button = await fetch(link, { method: 'POST', redirect: 'manual' })
  const location = button.headers.get('location')
  if (button.status !== 303 || location === null) return `the button behind its link answers ${button.status}`
  const file = await fetch(new URL(location, link))
  if (file.status !== 200) return `the file behind its link answers ${file.status}`
  const bytes = Buffer.from(await file.arrayBuffer())
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return null
  return `the file behind its link has ${bytes.length} bytes with another checksum than it should`
}
