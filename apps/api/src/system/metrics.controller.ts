import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { collectDefaultMetrics, register, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { readFigures, registryOf } from '#libs/observability/metrics.js';
import { Public } from '../identity/public.decorator.js';
import { Answers } from '../openapi/schema.js';
import { MetricsGuard } from './metrics.guard.js';

collectDefaultMetrics({ register });

/** What Prometheus reads: this process, and the deployment's figures from the log. */
@ApiTags('deployment')
@Public()
@Controller('metrics')
@UseGuards(MetricsGuard)
export class MetricsController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @ApiOperation({
    operationId: 'metrics',
    summary: 'Numbers for Prometheus',
    description:
      'Answers requests from this machine or a private network, and others with METRICS_TOKEN as bearer token.',
  })
  @Answers(200, 'Prometheus text')
  @Answers(404, 'Asked through a proxy or from elsewhere without the token')
  @Header('Content-Type', register.contentType)
  async metrics(): Promise<string> {
    // With the database away the process still has figures, and says that it is away.
    const figures = await readFigures(this.dataSource).catch(() => null);
    return Registry.merge([register, registryOf(figures)]).metrics();
  }
}
