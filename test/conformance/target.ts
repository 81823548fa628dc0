/** The deployment that is checked, and what in it. */
export interface Target {
  /** Base of the API; ends in `/api/v1`, without a slash. */
  url: string
  /** `sk-workspace_…` with every scope. */
  key: string
  /** `app_…` */
  appToken?: string
  /** The workspace's name in Chat-Tonic's URLs. */
  codename?: string
  /** `cb_…` */
  chatbot?: string
  /** Where these are not given they are found through the API itself. */
  funnel?: string
  group?: string
  account?: string
  bot?: string
}

const optionOf = { appToken: 'app-token', codename: 'codename', chatbot: 'chatbot' } as const

/** @throws Error that names the option to give */
export function needed(target: Target, name: keyof typeof optionOf): string {
  const value = target[name]
  if (value === undefined) throw new Error(`needs --${optionOf[name]}`)
  return value
}
