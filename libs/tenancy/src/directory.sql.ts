/** What a request calls parts of a workspace by. The names of columns are those of the entities. */
const chatbot = (where: string): string => `
  SELECT c.id, c.workspace_id AS "workspaceId", c.object_id AS "objectId", c.name, c.owner_user_id AS "ownerUserId",
    c.is_default AS "isDefault"
  FROM chatbots c WHERE ${where}`

/** Index: chatbots_pkey. */
export const chatbotById = chatbot('c.id = $1')
/** Index: chatbots_workspace_id_name_key. */
export const chatbotByName = chatbot('c.name = $1')
/** Index: chatbots_default. */
export const defaultChatbot = chatbot('c.is_default')

/** Index: accounts_pkey. */
export const accountById = `
  SELECT a.id, a.workspace_id AS "workspaceId", a.name, a.slug, a.platform, a.implicit
  FROM accounts a WHERE a.id = $1`
