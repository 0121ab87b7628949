import { Body, Controller, Get, HttpException, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CalendarShelf } from '#libs/rule-book/calendar-shelf.js';
import type { ShelfCalendar, ShelfVersion } from '#libs/rule-book/calendar-shelf.js';
import { NotPublishable, StaleDraft } from '#libs/rule-book/publication.js';
import { publishCalendar } from '#libs/rule-book/publish-calendar.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { fieldProblem } from '../problems/validation.js';
import { shapeErrors } from './calendar-shape.js';
import { PublishCalendarDto } from './calendars.dto.js';

/** Addresses of pages, which no calendar can have. */
const RESERVED = ['new', 'drafts'];

/** Working calendars for programs: all versions there have been, and publishing another. */
@ApiTags('rules')
@ApiBearerAuth()
@Needs('read-rules')
@Controller('api/v1/calendars')
export class CalendarsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly shelf: CalendarShelf,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listCalendars', summary: 'Every working calendar, as it is in force now' })
  @Answers(200, 'All calendars', pageOf(ref('CalendarHead')))
  async list() {
    return { items: (await this.shelf.all()).map(headOf), next: null };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getCalendar', summary: 'One calendar with all its versions, oldest first' })
  @Answers(200, 'The calendar', ref('CalendarHistory'))
  async one(@Param('id') id: string) {
    const calendar = found(await this.shelf.find(id), 'calendar');
    return { ...headOf(calendar), versions: calendar.versions.map(versionOf) };
  }

  @Needs('publish-rules')
  @Post(':id/versions')
  @ApiOperation({
    operationId: 'publishCalendar',
    summary: 'Publish a version; every open case looks at its clocks again',
  })
  @Answers(201, 'The version', ref('CalendarPublished'))
  async publish(
    @Param('id') id: string,
    @Body() { basedOn, title, reason, from, calendar }: PublishCalendarDto,
    @CurrentPerson() me: SignedIn,
    @Res({ passthrough: true }) response: Response,
  ) {
    const wrong = RESERVED.includes(id) ? [{ field: 'id', message: 'is an address of ours' }] : shapeErrors(calendar);
    if (wrong.length) throw fieldProblem(wrong, 422);
    const start = from === undefined ? {} : { from: Date.parse(from) };
    const draft = { basedOn, title, reason, ...start, authorId: me.person.id, calendar: { ...calendar, id } };
    const version = await publishCalendar(this.dataSource, draft).catch((error: unknown) => {
      throw refused(error);
    });
    response.setHeader('Location', `/api/v1/calendars/${id}`);
    return { id, version };
  }
}

export interface CalendarHead {
  id: string;
  title: string;
  timezone: string;
  version: number;
}

const headOf = ({ id, title, inForce: { timezone, version } }: ShelfCalendar): CalendarHead => ({
  ...{ id, title, timezone, version },
});

const versionOf = ({ from, recordedAt, ...version }: ShelfVersion) => ({
  ...version,
  from: from?.toISOString() ?? null,
  recordedAt: recordedAt?.toISOString() ?? null,
});

function refused(error: unknown): unknown {
  if (error instanceof StaleDraft)
    return new HttpException(
      { type: '/problems/conflict', title: 'Not possible now', detail: error.message, last: error.last },
      HttpStatus.CONFLICT,
    );
  if (!(error instanceof NotPublishable)) return error;
  const own = ['id', 'title', 'reason', 'from'];
  const errors = error.problems.map(({ field, message }) => ({
    field: own.includes(field) ? field : `calendar.${field}`,
    message,
  }));
  return fieldProblem(errors, 422);
}
