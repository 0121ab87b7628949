import { Body, Controller, ForbiddenException, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, instant, shape, whole } from '../openapi/schema.js';
import { DemoClock } from './demo-clock.js';
import { AdvanceDto, durationMs } from './demo.dto.js';

/** The demonstration's clock, for programs. The module is loaded in trial deployments only. */
@ApiTags('demo')
@ApiBearerAuth()
@Controller('api/v1/demo/clock')
export class DemoController {
  constructor(private readonly clock: DemoClock) {}

  @Get()
  @Answers(200, 'The demonstration’s now', shape<{ now: unknown }>({ now: instant }))
  @ApiOperation({ operationId: 'getDemoClock', summary: 'What time it is in the demonstration' })
  async now() {
    return { now: new Date(await this.clock.now()).toISOString() };
  }

  @Post()
  @HttpCode(200)
  @Answers(
    200,
    'The new now, and how many open cases looked at it',
    shape<{ now: unknown; cases: unknown }>({ now: instant, cases: whole }),
  )
  @ApiOperation({
    operationId: 'advanceDemoClock',
    summary: 'Move the clock forward; answers when every open case has noticed',
  })
  async advance(@Body() { advance }: AdvanceDto, @CurrentPerson() me: SignedIn) {
    if (!me.actor.roles.includes('admin'))
      throw new ForbiddenException('Only an administrator moves the clock through the API.');
    const { now, cases } = await answering(() => this.clock.advance(durationMs(advance)));
    return { now: new Date(now).toISOString(), cases };
  }
}
