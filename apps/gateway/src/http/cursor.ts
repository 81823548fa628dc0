import { AppError, sign, verify } from '#core'

/** What a cursor is good for: one list, of one workspace, under one filter. */
export interface CursorScope {
  list: string
  workspaceId: string
  filter: object
}

const purpose = 'cursor'

/** Seals and opens the cursors of one scope. */
export class Cursors {
  private readonly scope: string

  constructor(
    private readonly secret: string,
    { list, workspaceId, filter }: CursorScope,
  ) {
    this.scope = JSON.stringify([list, workspaceId, filter])
  }

  /** Seals the last row's place. Times are kept as text: a Date would lose microseconds and repeat rows. */
  seal(position: readonly string[]): string {
    const payload = Buffer.from(JSON.stringify(position)).toString('base64url')
    return `${payload}.${sign(this.secret, purpose, this.scope, payload)}`
  }

  /** @throws AppError 400 INVALID_CURSOR for one that was changed, or made for another list, workspace or filter */
  open(cursor: string): string[] {
    const [payload = '', signature = '', ...more] = cursor.split('.')
    if (more.length > 0 || !verify(signature, this.secret, purpose, this.scope, payload)) {
      throw new AppError('INVALID_CURSOR', { field: 'cursor', message: 'The cursor is not one of this list' })
    }
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[]
  }
}
