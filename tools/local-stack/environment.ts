import type { Secrets } from './secrets.js'
import type { Settings } from './settings.js'

export const DATABASE = 'leadferry'
export const BUCKET = 'leadferry'
export const S3_ACCESS_KEY_ID = 'leadferry'

type Ports = Pick<Settings['ports'], 'PORT' | 'ADMIN_PORT' | 'SMTP_PORT' | 'S3_PORT' | 'POSTGRES_PORT'>

/** The configuration of gateway and worker that points at the local stack. */
export function environment({ ports }: { ports: Ports }, secrets: Secrets): Record<string, string> {
  const database = (role: 'owner' | 'app' | 'system') =>
    `postgres://leadferry_${role}:${secrets[role]}@127.0.0.1:${ports.POSTGRES_PORT}/${DATABASE}`
  return {
    DATABASE_URL: database('app'),
    SYSTEM_DATABASE_URL: database('system'),
    MIGRATION_DATABASE_URL: database('owner'),
    S3_ENDPOINT: `http://127.0.0.1:${ports.S3_PORT}`,
    S3_BUCKET: BUCKET,
    S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: secrets.s3,
    SMTP_URL: `smtp://127.0.0.1:${ports.SMTP_PORT}`,
    PUBLIC_URL: `http://localhost:${ports.PORT}`,
    APP_SECRET: secrets.appSecret,
    ADMIN_TOKEN: secrets.adminToken,
    PORT: String(ports.PORT),
    ADMIN_PORT: String(ports.ADMIN_PORT),
    HOST: '127.0.0.1',
    // The SDK would say at every start which Node it will want in 2027; package.json says which one we want.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
}
