/** Locale and clock of the machine have no say: messages are read by this launcher, times are UTC. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** For one developer's machine; what a crash may lose is not touched (fsync stays on). */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_connections: '200',
  max_wal_size: '2GB',
  // A session notices that its client is gone while it computes too; otherwise it could outlive all of this.
  client_connection_check_interval: '1s',
  // Nothing replicates from here.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // With the default of 4 it sorts where an index scan is a third faster.
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
}

/** `-c name=value` for each setting; the caller's win. */
export function settingArguments(port: number, extra: Readonly<Record<string, string>>): string[] {
  const all = { ...SETTINGS, port: String(port), ...extra }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
