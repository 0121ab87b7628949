import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../identity/public.decorator.js';
import { Answers, oneOf, shape, text, truth } from '../openapi/schema.js';
import { Readiness } from './readiness.js';
import type { PartStatus } from './readiness.js';

const PART = shape<PartStatus>({ status: oneOf(['up', 'down']), needed: truth, remedy: text }, ['remedy']);
const READINESS = shape<{ status: unknown; parts: unknown }>({
  status: oneOf(['up', 'down']),
  parts: { type: 'object', additionalProperties: PART },
});

/** What load balancers and monitors ask. */
@ApiTags('deployment')
@Public()
@Controller()
export class SystemController {
  constructor(private readonly readiness: Readiness) {}

  @Get('livez')
  @ApiOperation({ operationId: 'livez', summary: 'Whether the process runs' })
  @Answers(200, 'It runs', shape<{ status: unknown }>({ status: text }))
  live() {
    return { status: 'up' };
  }

  @Get('readyz')
  @ApiOperation({ operationId: 'readyz', summary: 'Each part, up or down, with the remedy' })
  @Answers(200, 'Everything that is needed is up', READINESS)
  @Answers(503, 'Something that is needed is down', READINESS)
  async ready(@Res({ passthrough: true }) response: Response) {
    const { ready, parts } = await this.readiness.check();
    response.status(ready ? 200 : 503);
    return { status: ready ? 'up' : 'down', parts };
  }
}
