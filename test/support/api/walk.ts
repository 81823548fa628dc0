import type { Client, Json } from './client.js'

/** Follows a list to its end by its cursor. @returns every answer, the first page first */
export async function walk(api: Client, path: string, next: (body: Json) => string | null): Promise<Json[]> {
  const answers: Json[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const separator = path.includes('?') ? '&' : '?'
    const answer = await api.get(cursor === undefined ? path : `${path}${separator}cursor=${cursor}`)
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    answers.push(answer.body)
    cursor = next(answer.body)
  }
  return answers
}
