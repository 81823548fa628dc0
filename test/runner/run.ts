import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '../../tools/local-stack/database.js'
import { watchParent } from '../../tools/local-stack/lifetime/watch-parent.js'
import { freePort } from '../../tools/local-stack/ports.js'
import { startPostgres } from '../../tools/local-stack/postgres/postgres.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { findRedis } from '../../tools/local-stack/redis/find-redis.js'
import { startRedis } from '../../tools/local-stack/redis/start-redis.js'
import { rolePasswords, TEMPLATE } from './roles.js'

/**
 * `npm test`: starts a PostgreSQL and a Redis of its own on free ports, makes the database that every
 * test file clones, runs Jest with what was given on the command line, and stops both.
 */
async function main(): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'leadferry-test-'))
  const servers: { stop(): Promise<void> }[] = []
  try {
    const env: Record<string, string> = {}
    const port = await freePort()
    const postgres = await startPostgres({
      dataDir: join(scratch, 'postgres'),
      port,
      portVariable: 'any',
      log: join(scratch, 'postgres.log'),
      // Tests kill processes, not the machine: nothing here must survive a power cut.
      settings: { fsync: 'off', synchronous_commit: 'off' },
    })
    servers.push(postgres)
    const template = `postgres://leadferry_owner:${rolePasswords.owner}@127.0.0.1:${port}/${TEMPLATE}`
    await prepareDatabase(postgres.url, template, rolePasswords)
    env['TEST_SUPERUSER_URL'] = postgres.url

    const redis = await redisFor(scratch)
    if ('reason' in redis) {
      if (process.env['CI']) throw new Error(`no Redis, which CI must have: ${redis.reason}`)
      env['TEST_REDIS_MISSING'] = redis.reason
    } else {
      env['TEST_REDIS_URL'] = redis.url
      if (redis.stop !== undefined) {
        servers.push({ stop: redis.stop })
        env['TEST_REDIS_SERVER'] = 'found'
      }
    }
    return await jest(env)
  } finally {
    for (const server of servers.reverse()) await server.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

async function redisFor(
  scratch: string,
): Promise<{ url: string; stop?: () => Promise<void> } | { reason: string }> {
  const found = await findRedis()
  switch (found.kind) {
    case 'url':
      return { url: found.url }
    case 'none':
      return { reason: found.reason }
    case 'binary':
      return startRedis({
        binary: found,
        port: await freePort(),
        portVariable: 'any',
        dir: join(scratch, 'redis'),
      })
  }
}

async function jest(env: Record<string, string>): Promise<number> {
  const root = projectRoot()
  const bin = join(root, 'node_modules/jest/bin/jest.js')
  const args = [
    '--max-old-space-size=4096',
    bin,
    '--config',
    join(root, 'jest.config.mjs'),
    ...process.argv.slice(2),
  ]
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...env },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  watchParent(() => child.kill('SIGKILL'))
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `The tests could not be run: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(1)
  },
)
