import { join, resolve } from 'node:path'
import { projectRoot } from './project-root.js'

/** Ports of the local stack by the variable that moves each. */
const defaults = {
  PORT: 3000,
  ADMIN_PORT: 3001,
  MAIL_PORT: 8025,
  SMTP_PORT: 1025,
  S3_PORT: 9400,
  POSTGRES_PORT: 54320,
  GATEWAY_METRICS_PORT: 9464,
  WORKER_METRICS_PORT: 9465,
} as const

export type PortVariable = keyof typeof defaults

/** What each port is for, as a message calls it. */
export const portLabels: Record<PortVariable, string> = {
  PORT: 'gateway',
  ADMIN_PORT: 'admin API',
  MAIL_PORT: 'mailbox page',
  SMTP_PORT: 'mailbox SMTP',
  S3_PORT: 'S3 server',
  POSTGRES_PORT: 'PostgreSQL',
  GATEWAY_METRICS_PORT: "gateway's metrics",
  WORKER_METRICS_PORT: "worker's metrics",
}

export interface Settings {
  ports: Record<PortVariable, number>
  dataDir: string
}

/** Reads the ports and `DATA_DIR`. @throws Error that names every wrong variable */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const wrong: string[] = []
  const read = ([name, standard]: [string, number]): [string, number] => {
    const given = env[name]
    if (given === undefined || given === '') return [name, standard]
    const port = /^\d{1,5}$/.test(given) ? Number(given) : 0
    if (port < 1 || port > 65_535) wrong.push(`${name} must be a port from 1 to 65535`)
    return [name, port]
  }
  const ports = Object.fromEntries(Object.entries(defaults).map(read)) as Settings['ports']
  const twice = Object.entries(ports).filter(
    ([, port], i, all) => all.findIndex(([, other]) => other === port) !== i,
  )
  wrong.push(...twice.map(([name, port]) => `${name} is ${port}, which another part has too`))
  if (wrong.length > 0) throw new Error(`The configuration is wrong:\n  ${wrong.join('\n  ')}`)
  return { ports, dataDir: resolve(env['DATA_DIR'] ?? join(projectRoot(), '.data')) }
}
