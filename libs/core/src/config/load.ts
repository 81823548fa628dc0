import { type Config, type ConfigScope, variables } from './schema.js'
import { weakSecrets } from './secret-checks.js'

/** Thrown with one message that names every wrong variable, and why. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly { variable: string; problem: string }[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`)
    super(`The configuration is wrong:\n${lines.join('\n')}\n.env.example documents every variable.`)
    this.name = 'ConfigError'
  }
}

const examples = Object.fromEntries(Object.entries(variables).map(([name, { example }]) => [name, example]))

/**
 * Reads and checks the environment for one kind of process.
 *
 * A value is never part of a message: it may be a secret. An empty variable counts as absent,
 * which is how compose files hand over what is not set.
 */
export function loadConfig(scope: ConfigScope, env: NodeJS.ProcessEnv = process.env): Config {
  const problems: { variable: string; problem: string }[] = []
  const config: Record<string, unknown> = {}
  for (const [name, { schema, requiredBy }] of Object.entries(variables)) {
    const given = env[name] === '' ? undefined : env[name]
    const needed = requiredBy === undefined || (requiredBy as readonly string[]).includes(scope)
    if (given === undefined && !needed) continue
    if (given === undefined && requiredBy !== undefined) {
      problems.push({ variable: name, problem: 'is missing' })
      continue
    }
    const parsed = schema.safeParse(given)
    if (parsed.success) config[name] = parsed.data
    else problems.push({ variable: name, problem: parsed.error.issues[0]?.message ?? 'is wrong' })
  }
  // Where a URL is wrong, it is not known yet whether it is a loopback one.
  if (problems.length === 0) problems.push(...weakSecrets(config, examples))
  if (problems.length > 0) throw new ConfigError(problems)
  return config as Config
}
