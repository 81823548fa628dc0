import { relative } from 'node:path'
import type { Settings } from './settings.js'

/** What a person, or a script that reads `.data/demo.env`, needs to use the demo. */
export interface DemoEnvironment {
  API_URL: string
  API_KEY: string
  APP_TOKEN: string
  CODENAME: string
  CHATBOT_ID: string
  MAIL_URL: string
  ADMIN_URL: string
  ADMIN_TOKEN: string
}

/** The last thing `npm start` prints: where everything is, and what to paste next. */
export function welcome(demo: DemoEnvironment, { dataDir, ports }: Settings, seconds: number): string {
  const data = relative(process.cwd(), dataDir) || '.'
  const key = `-H 'Authorization: Bearer ${demo.API_KEY}'`
  const json = `-H 'Content-Type: application/json'`
  return `
Leadferry is ready after ${seconds.toFixed(1)} s. Ctrl-C ends it; the data stays in ${data}

  API        ${demo.API_URL}
  API docs   ${demo.API_URL.replace('/api/v1', '/docs')}
  Archives   ${demo.API_URL.replace('/api/v1', '/archives')} (log in with the app token)
  Mailbox    ${demo.MAIL_URL}
  Admin API  ${demo.ADMIN_URL}
  Metrics    http://localhost:${ports.GATEWAY_METRICS_PORT}/metrics, and http://localhost:${ports.WORKER_METRICS_PORT}/metrics of the worker
  API key    ${demo.API_KEY}
  App token  ${demo.APP_TOKEN}
  Chatbot    ${demo.CHATBOT_ID}
  (all of these are in ${data}/demo.env)

Create a lead:

  curl -X POST ${demo.API_URL}/chatbots/${demo.CHATBOT_ID}/leads ${key} ${json} -d '{"name":"John Doe","email":"john.doe@example.com"}'

List the newest:

  curl '${demo.API_URL}/get-leads?chatbotId=${demo.CHATBOT_ID}&size=3' ${key}

Ask for an export of all 50,000, then read the mail at ${demo.MAIL_URL} and follow its link:

  curl -X POST ${demo.API_URL}/exports ${key} ${json} -d '{"dataset":"leads","format":"xlsx"}'

The command line, on this data:

  . ${data}/leadferry.env && bin/leadferry doctor
`
}
