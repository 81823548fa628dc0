import { sign, verify } from '#core'

/** What a signed path says: this file of this workspace, until then. */
export interface SignedFile {
  workspaceId: string
  name: string
  /** Unix seconds. */
  expires: number
}

const purpose = 'file'

/** `/files/{workspace}/{expires}/{signature}/{name}`: it ends in the file's public name, as the seed's URL does. */
export function signedFilePath(secret: string, { workspaceId, name, expires }: SignedFile): string {
  const signature = sign(secret, purpose, workspaceId, String(expires), name)
  return `/files/${workspaceId}/${expires}/${signature}/${name.split('/').map(encodeURIComponent).join('/')}`
}

export const isSignedFile = (
  secret: string,
  signature: string,
  { workspaceId, name, expires }: SignedFile,
): boolean => verify(signature, secret, purpose, workspaceId, String(expires), name)
