import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ObjectStore } from '#core'
import { describeInBrowser, launchBrowser } from '../support/browser.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addArchiveFile } from '../support/samples/archive.js'

const accounts = ['tienda-lima-whatsapp-5970d180adf62b28c8630566', 'tienda-web-5970d180adf62b28c8630567']
const days = ['2026-01-30', '2026-01-31', '2026-02-01']

interface Visit {
  button: { login: string; download: string; search: string; logout: string }
  label: { token: string; from: string; to: string }
  leads: string
  search: string
  found: string
  wrong: string
}

/** What a visitor reads, by the language of the browser. */
const visits: [string, BrowserContextOptions, Visit][] = [
  [
    'in Spanish, on a phone',
    { locale: 'es-PE', viewport: { width: 360, height: 640 } },
    {
      button: { login: 'Entrar', download: 'Descargar', search: 'Buscar', logout: 'Salir' },
      label: { token: 'Token de aplicación', from: 'Desde', to: 'Hasta' },
      leads: 'Leads',
      search: 'Buscar por fecha',
      found: 'Archivos del 31 de enero de 2026 al 1 de febrero de 2026',
      wrong: 'Ese token no es válido',
    },
  ],
  [
    'in English, at a desk',
    { locale: 'en-US', viewport: { width: 1200, height: 800 } },
    {
      button: { login: 'Log in', download: 'Download', search: 'Search', logout: 'Log out' },
      label: { token: 'App token', from: 'From', to: 'To' },
      leads: 'Leads',
      search: 'Search by date',
      found: 'Files from January 31, 2026 to February 1, 2026',
      wrong: 'That token is not valid',
    },
  ],
]

describeInBrowser('the archive in a browser', () => {
  let context: TestContext
  let gateway: Program
  let browser: Browser
  let demo: TestWorkspace

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const store = new ObjectStore(context.config)
    for (const model of ['leads', 'messages'])
      for (const account of accounts)
        for (const day of days) {
          const name = `${model}/${account}/${day}.zip`
          const bytes = bytesOf(name)
          const objectKey = `build-1/${name}`
          await store.put(objectKey, bytes, 'application/zip')
          const file = { name, day, objectKey, size: bytes.length, rows: 12 }
          await addArchiveFile(context.testDatabase.superuser, demo.workspace.id, file)
        }
    gateway = await startProgram('gateway', context.env)
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await gateway.stop(10_000)
    await context.close()
  })

  /** What is in a file tells which one it is. */
  const bytesOf = (name: string) => Buffer.from(`PK ${name}`)
  const at = () => `${context.config.PUBLIC_URL}/archives`
  const isNoWiderThanItsWindow = async (page: Page) => {
    const width = page.viewportSize()!.width
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  }
  async function save(page: Page, button: string): Promise<Buffer> {
    const press = page.getByRole('button', { name: button }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), press])
    return readFile(await download.path())
  }

  it.each(visits)(
    '%s: logs in, walks to a file, saves it, finds others by their days, logs out',
    async (_, options, { button, label, leads, search, found, wrong }) => {
      const visitor = await browser.newContext(options)
      const page = await visitor.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        // What the browser says of the refused login is all it has to say.
        if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text())
      })

      await page.goto(at())
      await page.getByLabel(label.token).fill('app_wrong')
      await page.getByRole('button', { name: button.login }).click()
      expect(await page.getByRole('alert').textContent()).toContain(wrong)
      await page.getByLabel(label.token).fill(demo.appToken)
      await page.getByRole('button', { name: button.login }).click()
      await page.waitForURL(at())
      await isNoWiderThanItsWindow(page)

      await page.getByRole('link', { name: leads }).click()
      await isNoWiderThanItsWindow(page)
      await page.getByRole('link', { name: 'tienda-lima' }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('tienda-lima')
      expect(await page.getByRole('row').count()).toBe(1 + days.length)
      await isNoWiderThanItsWindow(page)
      const name = `leads/${accounts[0]!}/2026-01-31.zip`
      expect(await save(page, `${button.download} 2026-01-31.zip`)).toEqual(bytesOf(name))

      await page.getByRole('heading', { name: search }).click()
      await page.getByLabel(label.from).fill('2026-01-31')
      await page.getByLabel(label.to).fill('2026-02-01')
      await page.getByRole('button', { name: button.search }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(found)
      expect(await page.getByRole('row').count()).toBe(1 + 2)
      await page.getByRole('checkbox').uncheck()
      await page.getByRole('button', { name: button.search }).click()
      await page.waitForURL((url) => !url.searchParams.has('folder'))
      expect(await page.getByRole('row').count()).toBe(1 + 8)
      await isNoWiderThanItsWindow(page)

      await page.getByRole('button', { name: button.logout }).click()
      await page.waitForURL(`${at()}/login`)
      expect(await visitor.cookies()).toEqual([])
      await page.goBack()
      await page.reload()
      expect(new URL(page.url()).pathname).toBe('/archives/login')
      expect(complaints).toEqual([])
      await visitor.close()
    },
    60_000,
  )

  it('a form of another page reaches nothing', async () => {
    const visitor = await browser.newContext({ locale: 'en-US' })
    const page = await visitor.newPage()
    await page.goto(at())
    await page.getByLabel('App token').fill(demo.appToken)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL(at())
    // A page without an address is of no site at all.
    const evil = await visitor.newPage()
    await evil.setContent(`<form method="post" action="${at()}/logout"><button>x</button></form>`)
    const [answer] = await Promise.all([
      evil.waitForResponse((response) => response.url().endsWith('/logout')),
      evil.getByRole('button').click(),
    ])
    expect(answer.status()).toBe(403)
    await page.reload()
    expect(page.url()).toBe(at())
    await visitor.close()
  }, 60_000)
})
