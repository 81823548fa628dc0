import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { Client } from '../support/api/client.js'
import { describeInBrowser, launchBrowser } from '../support/browser.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { mailAbout } from '../support/mail/mails.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addLeads } from '../support/samples/leads.js'

describeInBrowser('a recipient with a browser', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let browser: Browser
  let demo: TestWorkspace
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 200)
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  async function completed(): Promise<{ id: string; sha256: string }> {
    const accepted = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    return until('the export', async () => {
      const { body } = await api.get(`/exports/${accepted.body.id}`)
      return body.state === 'completed' ? body : null
    })
  }

  async function pressAndSave(page: Page): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button').click()])
    return createHash('sha256')
      .update(await readFile(await download.path()))
      .digest('hex')
  }

  it('opens the mail, follows its link, and the button saves the very file', async () => {
    const { id, sha256 } = await completed()
    const mail = await mailAbout(context.mailbox, id)
    const mailbox = await browser.newPage()
    await mailbox.goto(`${context.mailbox.url}/messages/${mail.id}`)
    const link = mailbox.frameLocator('iframe').getByRole('link', { name: 'Descargar el archivo' })
    const [page] = await Promise.all([mailbox.context().waitForEvent('page'), link.click()])
    await page.waitForLoadState()
    expect(await page.textContent('body')).toContain(id)
    expect(await page.textContent('body')).toContain('200')
    expect(await pressAndSave(page)).toBe(sha256)
    await mailbox.context().close()
  }, 60_000)

  it('speaks the language of the browser, fits a phone, and refuses a link that was altered', async () => {
    const { id } = await completed()
    const link = /http\S+\/d\/\S+/.exec((await mailAbout(context.mailbox, id)).text)![0]
    for (const [locale, button] of [
      ['es-PE', 'Descargar'],
      ['en-US', 'Download'],
    ] as const) {
      const phone = await browser.newContext({ locale, viewport: { width: 360, height: 640 } })
      const page = await phone.newPage()
      await page.goto(link)
      expect(await page.getByRole('button').textContent()).toContain(button)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
      const altered = await page.goto(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)
      expect(altered?.status()).toBe(404)
      expect(await page.getByRole('button').count()).toBe(0)
      await phone.close()
    }
  }, 60_000)
})
