import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { compiled } from '../../../tools/local-stack/project-root.js'
import type { Mutation } from './controls.js'
import { MUTATIONS_VARIABLE } from './tampering.js'

const mutations = JSON.parse(process.env[MUTATIONS_VARIABLE] ?? '[]') as Mutation[]

// Loaded by --import before the product is: from here on what it loads comes through load-mutated.
register('./load-mutated.js', {
  parentURL: import.meta.url,
  data: mutations.map(({ file, ...change }) => ({ url: pathToFileURL(compiled(file)).href, ...change })),
})
