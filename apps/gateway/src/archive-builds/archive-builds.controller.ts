import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { ArchiveDaysService } from '#exports'
import type { Principal } from '#tenancy'
import { NeedsScope } from '../http/access.js'
import { ApiCodename, ApiErrors } from '../http/api-docs.js'
import { Costs } from '../http/costs.js'
import { Idempotent } from '../http/idempotency/idempotent.js'
import { ReadsJson } from '../http/json-body.js'
import { Caller } from '../http/principal.js'
import {
  type ArchiveBuild,
  archiveBuild,
  type NewArchiveBuild,
  newArchiveBuild,
} from './archive-build.schema.js'

@ApiTags('archives')
@ApiCodename()
@Controller('api/v1/:codename/archive')
export class ArchiveBuildsController {
  constructor(@Inject(ArchiveDaysService) private readonly days: ArchiveDaysService) {}

  @Post('build')
  @HttpCode(202)
  @ReadsJson()
  @Idempotent()
  @Costs('export')
  @NeedsScope('exports:write')
  @ApiOperation({
    operationId: 'buildArchive',
    summary: 'Have the daily archives of a range of days built anew',
    description:
      'Days are archived by themselves once they are over, and again when something comes in late for one; this ' +
      'does it for any range, at once. The files that are there stay until the new ones take their place.',
  })
  @ApiAcceptedResponse({ description: 'The days that will be built', standardSchema: archiveBuild })
  @ApiErrors(404)
  async build(
    @Caller() { workspaceId }: Principal,
    @Body({ schema: newArchiveBuild }) range: NewArchiveBuild,
  ): Promise<ArchiveBuild> {
    return this.days.rebuild(workspaceId, range)
  }
}
