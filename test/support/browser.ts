import { type Browser, chromium } from 'playwright-core'
import { describeWhen, isHere, itWhen } from './when.js'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const [possible, reason] = [isHere(executablePath), 'no Chromium at /usr/bin/chromium or CHROMIUM']

export const describeInBrowser = describeWhen(possible, reason)
export const itInBrowser = itWhen(possible, reason)

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
