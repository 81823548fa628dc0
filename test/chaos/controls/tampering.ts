import { pathToFileURL } from 'node:url'
import { compiled } from '../../../tools/local-stack/project-root.js'
import type { Tampering } from '../world/world.js'
import type { Guard } from './controls.js'

/** The mutations that a process is started with, as JSON. */
export const MUTATIONS_VARIABLE = 'LEADFERRY_CHAOS_MUTATIONS'

/** What has to be different for a guard to be off. */
export function tamperingFor(control: Guard | undefined): Tampering {
  if (control === undefined) return {}
  const { sql, mutations } = control
  if (mutations.length === 0) return { sql }
  const preload = pathToFileURL(compiled('test/chaos/controls/mutate.js')).href
  return {
    sql,
    env: { NODE_OPTIONS: `--import ${preload}`, [MUTATIONS_VARIABLE]: JSON.stringify(mutations) },
  }
}
