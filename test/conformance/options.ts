import { parseArgs } from 'node:util'
import { variablesIn } from '../../tools/env-file.js'
import type { Target } from './target.js'

export const USAGE = `npm run conformance -- --url http://localhost:3000/api/v1 --key sk-workspace_… \\
  --app-token app_… --codename demo --chatbot cb_…

Runs the examples of the four API documents against a deployment. Each of the above may come from the environment
instead (API_URL, API_KEY, APP_TOKEN, CODENAME, CHATBOT_ID), or from a file of NAME='value' lines: --env .data/demo.env
--funnel with --group, --account, --bot: what to ask about; found through the API where they are not given`

/**
 * The target that the command line names, else the --env file, else the environment.
 * @throws Error for an unknown option, and without URL or key
 */
export function targetFrom(args: string[], environment: NodeJS.ProcessEnv): Target {
  const { values } = parseArgs({
    args,
    options: {
      env: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
      'app-token': { type: 'string' },
      codename: { type: 'string' },
      chatbot: { type: 'string' },
      funnel: { type: 'string' },
      group: { type: 'string' },
      account: { type: 'string' },
      bot: { type: 'string' },
    },
  })
  const env = values.env === undefined ? environment : { ...environment, ...variablesIn(values.env) }
  const url = values.url ?? env['API_URL']
  const key = values.key ?? env['API_KEY']
  if (url === undefined || key === undefined) throw new Error('needs --url and --key')
  if ((values.funnel === undefined) !== (values.group === undefined)) {
    throw new Error('--funnel and --group go together')
  }
  return {
    url: url.replace(/\/+$/, ''),
    key,
    appToken: values['app-token'] ?? env['APP_TOKEN'],
    codename: values.codename ?? env['CODENAME'],
    chatbot: values.chatbot ?? env['CHATBOT_ID'],
    funnel: values.funnel,
    group: values.group,
    account: values.account,
    bot: values.bot,
  }
}
