import { z } from 'zod'
import { MAX_DAYS } from '#exports'
import { archiveBuildExample, newArchiveBuildExample } from './archive-build.examples.js'

const day = (description: string) =>
  z.string('Must be text').max(10, 'Must be a day (YYYY-MM-DD)').describe(description)

/** POST /api/v1/{codename}/archive/build */
export const newArchiveBuild = z
  .strictObject({
    from: day("YYYY-MM-DD by the workspace's clock: the first day"),
    to: day(`The last day, which has to be over; at most ${MAX_DAYS} days`),
  })
  .meta({ id: 'NewArchiveBuild', examples: [newArchiveBuildExample] })
export type NewArchiveBuild = z.output<typeof newArchiveBuild>

const archiveDay = z
  .object({
    day: z.iso.date(),
    state: z.enum(['due', 'building']).describe('building: a build of it is under way, and another follows'),
  })
  .meta({ id: 'ArchiveDay' })

export const archiveBuild = z
  .object({
    timeZone: z.string().describe("The workspace's: its days are from midnight to midnight there"),
    days: z.array(archiveDay).describe('What was queued, oldest first'),
  })
  .meta({ id: 'ArchiveBuild', examples: [archiveBuildExample] })
export type ArchiveBuild = z.output<typeof archiveBuild>
