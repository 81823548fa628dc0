import type { InitializeHook, LoadHook } from 'node:module'

interface MutationOfUrl {
  url: string
  find: string
  replace: string
}

let mutations: readonly MutationOfUrl[] = []

export const initialize: InitializeHook<readonly MutationOfUrl[]> = (data) => {
  mutations = data
}

/** @throws Error, which ends the process, where the text to change is not there */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context)
  const mine = mutations.filter((mutation) => mutation.url === url)
  if (mine.length === 0) return loaded
  let source = Buffer.from(loaded.source as Uint8Array).toString()
  for (const { find, replace } of mine) {
    if (!source.includes(find)) throw new Error(`${url} does not hold: ${find}`)
    source = source.replaceAll(find, () => replace)
  }
  return { ...loaded, source }
}
