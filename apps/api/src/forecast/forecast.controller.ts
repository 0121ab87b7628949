import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Forecast, ForecastItem } from '#libs/case-reading/forecast.js';
import { readForecast, USUAL_HOURS } from '#libs/case-reading/forecast.js';
import { FORESEEN } from '#libs/domain/case/forecast.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, instant, list, oneOf, orNull, shape, text, uuid, whole } from '../openapi/schema.js';
import { ForecastRange } from './forecast.query.dto.js';

const ITEM = shape<ForecastItem>({
  reference: text,
  state: text,
  stateName: text,
  stateTimezone: text,
  owner: orNull(shape<{ id: string; name: string }>({ id: uuid, name: text })),
  clock: text,
  title: text,
  subjectName: text,
  cycle: whole,
  event: oneOf(FORESEEN),
  level: orNull(whole),
  at: instant,
  dueAt: orNull(instant),
});

/** What will be late if nobody acts, for programs. */
@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1/forecast')
export class ForecastController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @ApiOperation({
    operationId: 'forecast',
    summary: 'What the clocks of the caller’s cases will record if nobody acts, nearest first',
  })
  @Answers(
    200,
    'Deadlines missed, and what follows from that',
    shape<Forecast>({ from: instant, until: instant, hours: whole, items: list(ITEM) }),
  )
  forecast(@Query() { hours = USUAL_HOURS }: ForecastRange, @CurrentPerson() { actor }: SignedIn): Promise<Forecast> {
    return readForecast(this.dataSource, { hours, actor });
  }
}
