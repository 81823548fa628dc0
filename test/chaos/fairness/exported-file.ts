import { setTimeout as sleep } from 'node:timers/promises'
import { authorization, json, type Target } from './target.js'

const LOOK_AGAIN_MS = 100
const PATIENCE_MS = 60_000

/** Asks for an export. @throws Error that has the status, when it is not accepted */
export async function acceptedExport({ url, key }: Target, body: object): Promise<string> {
  const headers = { ...authorization(key), ...json }
  const answer = await fetch(`${url}/api/v1/exports`, { method: 'POST', headers, body: JSON.stringify(body) })
  const { id } = (await answer.json()) as { id?: string }
  if (answer.status !== 202 || id === undefined) throw new Error(`an export was answered ${answer.status}`)
  return id
}

/** The same, again until it is accepted, and waits until its file is there. @throws Error when it takes too long */
export async function completedExport(target: Target, body: object): Promise<string> {
  const headers = authorization(target.key)
  let id: string | undefined
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(LOOK_AGAIN_MS)) {
    id ??= await acceptedExport(target, body).catch(() => undefined)
    if (id === undefined) continue
    const answer = await fetch(`${target.url}/api/v1/exports/${id}`, { headers })
    const { state } = (await answer.json()) as { state?: string }
    if (state === 'completed') return id
  }
  throw new Error(id === undefined ? 'an export was not accepted in time' : `${id} was not completed in time`)
}

/** Where the file of an export is read. @throws Error that has the status, when there is no such place */
export async function fileUrl({ url, key }: Target, id: string): Promise<string> {
  const headers = authorization(key)
  const answer = await fetch(`${url}/api/v1/exports/${id}/download`, { headers, redirect: 'manual' })
  await answer.arrayBuffer()
  const location = answer.headers.get('location')
  if (location === null) throw new Error(`the download of ${id} was answered ${answer.status}`)
  return new URL(location, url).href
}
