import { Command } from 'commander'
import { chatbotFields, WorkspacesService } from '#tenancy'
import { textBy } from '../arguments.js'
import { jsonOption, print } from '../output.js'
import { withWorkspace } from '../with-database.js'

interface CreateOptions {
  workspace: string
  name: string
  ownerUserId: string
  json?: true
}

export const chatbotCommand = (): Command =>
  new Command('chatbot').addCommand(
    new Command('create')
      .description('make a chatbot; the first one of a workspace becomes its default')
      .requiredOption('--workspace <codename>', 'whose chatbot')
      .requiredOption('--name <name>', 'its name, which is "bot" in /lead/export', textBy(chatbotFields.name))
      .requiredOption(
        '--owner-user-id <id>',
        'chatbot_owner_user_id in /get-leads',
        textBy(chatbotFields.ownerUserId),
      )
      .addOption(jsonOption())
      .action(create),
  )

const create = ({ workspace: codename, json, ...chatbot }: CreateOptions): Promise<void> =>
  withWorkspace(codename, async (database, workspace) => {
    const made = await new WorkspacesService(database).addChatbot(workspace.id, chatbot)
    print({ json }, made, [made.id, made.name].join('\t'))
  })
