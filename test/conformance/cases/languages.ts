import { curl } from '../runners/curl.js'
import { fetchSnippet } from '../runners/fetch.js'
import { python } from '../runners/python.js'
import { rawHttp } from '../runners/raw-http.js'
import type { Runner } from '../runners/runner.js'
import type { Substitution } from '../substitution.js'
import type { World } from '../world.js'

/** How the get-leads examples of one language, the same in both documents, say what has to be said otherwise. */
export interface Language {
  runner: Runner
  /** The deployment for the document's own host. */
  address: (site: string, world: World) => Substitution[]
  header: (what: string, name: string, value: string) => Substitution
  /** Makes a POST of the GET. @param json without single quotes */
  post: (site: string, json: string) => Substitution[]
}

const base = (site: string, world: World): Substitution[] => [
  { what: 'URL', from: `https://${site}/api/v1`, to: world.base },
]
/** Puts something beside what every example has. */
const beside = (what: string, anchor: string, more: string): Substitution => ({
  what,
  from: anchor,
  to: `${anchor}${more}`,
})

export const languages: readonly Language[] = [
  {
    runner: curl,
    address: base,
    header: (what, name, value) =>
      beside(what, `--header 'accept: application/json'`, ` --header '${name}: ${value}'`),
    post: (_site, json) => [
      { what: 'POST', from: '--request GET', to: '--request POST' },
      beside('body', `--header 'accept: application/json'`, ` --data '${json}'`),
    ],
  },
  {
    runner: fetchSnippet,
    address: base,
    header: (what, name, value) => beside(what, `accept: 'application/json'`, `, '${name}': '${value}'`),
    post: (_site, json) => [
      { what: 'POST', from: `method: 'GET'`, to: `method: 'POST'` },
      beside('body', `method: 'POST'`, `, body: '${json}'`),
    ],
  },
  {
    runner: python,
    address: base,
    header: (what, name, value) => beside(what, `"accept": "application/json"`, `, "${name}": "${value}"`),
    post: (_site, json) => [
      { what: 'POST', from: 'requests.get(', to: 'requests.post(' },
      beside('body', 'headers=headers', `, data='${json}'`),
    ],
  },
  {
    runner: rawHttp,
    address: (site, world) => [
      { what: 'URL', from: ' /api/v1/', to: ` ${world.path}/` },
      { what: 'URL', from: `Host: ${site}`, to: `Host: ${world.recorder.host}` },
    ],
    header: (what, name, value) => beside(what, 'Accept: application/json', `\n${name}: ${value}`),
    post: (site, json) => [
      { what: 'POST', from: 'GET /', to: 'POST /' },
      beside('body', `Host: ${site}`, `\n\n${json}`),
    ],
  },
]
