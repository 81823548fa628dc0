import { Client } from '../support/api/client.js'
import { itInBrowser, launchBrowser } from '../support/browser.js'
import { backends, TestContext } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

for (const { backend, suite } of backends) {
  suite(`the board of the queues, with the queue on ${backend}`, () => {
    let context: TestContext
    let gateway: Program
    let board: string
    let token: string

    beforeAll(async () => {
      context = await TestContext.create(backend)
      const demo = await context.workspace('demo')
      gateway = await startProgram('gateway', context.env)
      board = `http://127.0.0.1:${context.env['ADMIN_PORT']}/admin/queues`
      token = context.env['ADMIN_TOKEN']!
      const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
      await api.post('/exports', { dataset: 'leads', format: 'csv' })
    }, 60_000)
    afterAll(async () => {
      await gateway.stop(10_000)
      await context.close()
    })

    const basic = (password: string) => `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`
    const ask = (
      path: string,
      authorization?: string,
      init: { method?: string; headers?: Record<string, string> } = {},
    ) =>
      fetch(`${board}${path}`, {
        ...init,
        headers: {
          ...(authorization === undefined ? {} : { Authorization: authorization }),
          ...init.headers,
        },
      })

    it('is shown to nobody without the root token, nor is any file of it', async () => {
      for (const path of [
        '',
        '/',
        '/api/queues',
        '/queue/exports',
        '/static/images/logo.svg',
        '/../queues/api/queues',
      ]) {
        for (const authorization of [undefined, basic('wrong'), 'Bearer wrong', 'Basic %%%']) {
          const response = await ask(path, authorization)
          expect([path, authorization, response.status]).toEqual([path, authorization, 401])
          expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm="Leadferry"/)
        }
      }
      // The admin API itself takes no password.
      const admin = await fetch(board.replace('/queues', '/v1/workspaces'), {
        headers: { Authorization: basic(token) },
      })
      expect([admin.status, admin.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect((await fetch(`${context.config.PUBLIC_URL}/admin/queues`)).status).toBe(404)
    })

    it('lists the queues to who has it, and lets them be paused', async () => {
      for (const authorization of [basic(token), `Bearer ${token}`]) {
        const { queues } = (await (await ask('/api/queues', authorization)).json()) as {
          queues: { name: string; isPaused: boolean; counts: { waiting: number } }[]
        }
        expect(queues.map(({ name }) => name).sort()).toEqual(['archive', 'exports', 'mail'])
        expect(queues.find(({ name }) => name === 'exports')).toMatchObject({
          isPaused: false,
          counts: { waiting: 1 },
        })
      }
    })

    const own = () => new URL(board).origin
    it.each<[name: string, status: number, headers: () => Record<string, string>]>([
      ['its own page in a browser', 200, () => ({ 'Sec-Fetch-Site': 'same-origin', Origin: own() })],
      ['its own page in a browser without Sec-Fetch-Site', 200, () => ({ Origin: own() })],
      ['another site', 403, () => ({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example.com' })],
      ['another port of this host', 403, () => ({ 'Sec-Fetch-Site': 'same-site' })],
      [
        'another site in a browser without Sec-Fetch-Site',
        403,
        () => ({ Origin: 'https://evil.example.com' }),
      ],
      ['a sandboxed page', 403, () => ({ Origin: 'null' })],
      ['whoever says neither', 403, () => ({})],
    ])(
      'answers a write with the password of a browser from %s by its origin (%p)',
      async (_, status, headers) => {
        for (const change of ['pause', 'resume']) {
          const init = { method: 'PUT', headers: headers() }
          expect((await ask(`/api/queues/mail/${change}`, basic(token), init)).status).toBe(status)
        }
      },
    )

    it('takes a write with a Bearer token, which no browser sends by itself', async () => {
      for (const change of ['pause', 'resume'])
        expect((await ask(`/api/queues/mail/${change}`, `Bearer ${token}`, { method: 'PUT' })).status).toBe(
          200,
        )
    })

    itInBrowser('opens in a browser', async () => {
      const browser = await launchBrowser()
      try {
        const page = await browser.newPage({ httpCredentials: { username: 'operator', password: token } })
        const problems: string[] = []
        page.on('pageerror', (error) => problems.push(error.message))
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(message.text())
        })
        page.on('request', (request) => {
          if (!request.url().startsWith(own()) && !request.url().startsWith('data:'))
            problems.push(request.url())
        })
        const response = await page.goto(board)
        expect(response!.headers()['content-security-policy']).toContain("default-src 'none'")
        await page.getByText('exports').first().waitFor()
        await page.goto(`${board}/queue/mail`)
        await page.getByText('mail').first().waitFor()
        expect(await page.title()).toContain('Leadferry')
        expect(problems).toEqual([])
      } finally {
        await browser.close()
      }
    })
  })
}
