/** A tenant as a process of the load sees it. */
export interface Target {
  /** Of the gateway, without a slash at its end. */
  url: string
  codename: string
  chatbotId: string
  /** Has every scope. */
  key: string
  /** May read archives and nothing else. */
  appToken: string
}

export const authorization = (token: string) => ({ Authorization: `Bearer ${token}` })

export const json = { 'Content-Type': 'application/json' }
