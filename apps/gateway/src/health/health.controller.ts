import { Controller, Get, Inject, Res } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { type Liveness, liveness, type Readiness, readiness } from './health.schema.js'
import { HealthService } from './health.service.js'

/** For load balancers and operators: no key, no detail of why a part is down. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(HealthService) private readonly health: HealthService) {}

  /** The process answers. */
  @Get('live')
  @ApiOperation({ operationId: 'getLiveness', summary: 'Whether the gateway runs' })
  @ApiOkResponse({ description: 'It does', standardSchema: liveness })
  live(): Liveness {
    return { status: 'ok' }
  }

  @Get('ready')
  @ApiOperation({ operationId: 'getReadiness', summary: 'Whether it can answer, and which part is down' })
  @ApiOkResponse({ description: 'It can', standardSchema: readiness })
  @ApiServiceUnavailableResponse({
    description: 'It can not: the database is down, or the gateway ends',
    standardSchema: readiness,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const found = await this.health.readiness()
    reply.status(isReady(found) ? 200 : 503)
    return found
  }
}

const isReady = ({ status }: Readiness): boolean => status === 'ok' || status === 'degraded'
