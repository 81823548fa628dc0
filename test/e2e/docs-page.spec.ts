import type { Browser, Page } from 'playwright-core'
import { describeInBrowser, launchBrowser } from '../support/browser.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addLeads } from '../support/samples/leads.js'

describeInBrowser('the page at /docs, in a browser', () => {
  let context: TestContext
  let gateway: Program
  let browser: Browser
  let demo: TestWorkspace
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 3)
    gateway = await startProgram('gateway', context.env)
    browser = await launchBrowser()
    page = await browser.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    // Not the name in PUBLIC_URL: who opens the page by another one can try it all the same.
    await page.goto(`http://localhost:${context.config.PORT}/docs`)
    await page.locator('.opblock').first().waitFor()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await gateway.stop(10_000)
    await context.close()
  })

  async function opened(operation: string) {
    const block = page.locator(`[id$="-${operation}"].opblock`)
    await block.locator('.opblock-summary-control').click()
    return block
  }

  async function execute(block: Awaited<ReturnType<typeof opened>>) {
    await block.getByRole('button', { name: 'Execute' }).click()
    const live = block.locator('.live-responses-table .response')
    await live.waitFor()
    const status = await live.locator('.response-col_status').innerText()
    const body = await live.locator('.highlight-code pre, .microlight').first().innerText()
    return { status: Number.parseInt(status, 10), body: JSON.parse(body) as Record<string, unknown> }
  }

  it('has the headers of a page', async () => {
    const { headers } = await fetch(`http://localhost:${context.config.PORT}/docs`)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('without the key answers 401, and with it the list that a GET asks for', async () => {
    const getLeads = await opened('getLeads')
    await getLeads.getByPlaceholder('chatbotId').fill(demo.chatbot.id)
    expect(await execute(getLeads)).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
    // The browser itself reports a 401 as an error on its console; it is the only one so far.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('401')])

    await page.getByRole('button', { name: 'Authorize' }).first().click()
    const bearer = page.locator('.auth-container').filter({ hasText: 'bearer' })
    await bearer.getByRole('textbox').fill(demo.key)
    await bearer.getByRole('button', { name: 'Apply credentials' }).click()
    await page.getByRole('button', { name: 'Close' }).first().click()
    await getLeads.getByRole('button', { name: 'Clear' }).click()
    const { status, body } = await execute(getLeads)
    expect([status, body['data']]).toEqual([200, expect.any(Array)])
    expect(body['data']).toHaveLength(3)
    expect(complaints).toEqual([])
  }, 60_000)

  it("posts the seed's example as it stands, and the lead is there", async () => {
    const create = await opened('createWorkspaceLead')
    expect(await create.locator('textarea').inputValue()).toContain('john.doe@example.com')
    const { status, body } = await execute(create)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      success: true,
      data: { name: 'John Doe', metadata: { company: 'Tech Corp' } },
    })
    const { rows } = await context.testDatabase.superuser.query(
      `SELECT FROM leads WHERE email_lower = 'john.doe@example.com'`,
    )
    expect(rows).toHaveLength(1)
    expect(complaints).toEqual([])
  }, 60_000)
})
