import type { Dataset } from '../leads-port.js'

/** What a day is archived of, as the Chat-Tonic seed names it. */
export const dailyModels = ['funnels', 'leads', 'messageUsers', 'messages'] as const satisfies Dataset[]
export type DailyModel = (typeof dailyModels)[number]

/** An account in as far as its folder is named after it. */
export interface FolderAccount {
  id: string
  slug: string
  platform: string
}

/** The names of a daily archive. */
export interface DailyFile {
  model: DailyModel
  accountFolder: string
  /** The public name (seed, "Name composition"). */
  name: string
  /** Has the build in it, so that a late upload overwrites nothing (DESIGN section 6). */
  objectKey: string
}

interface Build {
  id: string
  epoch: number
  codename: string
  day: string
}

export function dailyFile(build: Build, model: DailyModel, { slug, platform, id }: FolderAccount): DailyFile {
  const accountFolder = `${slug}-${platform}-${id}`
  const name = `${model}/${accountFolder}/${build.day}.zip`
  const objectKey = `${build.id}-${build.epoch}/archive/${build.codename}/csv/${name}`
  return { model, accountFolder, name, objectKey }
}
