import { AppError, sign, verify } from '#core'

/** What a cursor is good for: one list, of one workspace, under one filter. */
export interface CursorScope {
  list: string
  workspaceId: string
  filter: object
}

const purpose = 'cursor'
const bindings = ({ list, workspaceId, filter }: CursorScope): string[] => [
  list,
  workspaceId,
  JSON.stringify(filter),
]

/** Seals the last row's place. Times are kept as text: a Date would lose microseconds and repeat rows. */
export function sealCursor(secret: string, scope: CursorScope, position: readonly string[]): string {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url')
  return `${payload}.${sign(secret, purpose, ...bindings(scope), payload)}`
}

/** @throws AppError 400 INVALID_CURSOR for one that was changed, or made for another list, workspace or filter */
export function openCursor(secret: string, scope: CursorScope, cursor: string): string[] {
  const [payload = '', signature = '', ...more] = cursor.split('.')
  if (more.length > 0 || !verify(signature, secret, purpose, ...bindings(scope), payload)) {
    throw new AppError('INVALID_CURSOR', { field: 'cursor', message: 'The cursor is not one of this list' })
  }
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[]
}
