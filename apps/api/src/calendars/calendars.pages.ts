import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { exportCalendar } from '#libs/rule-book/calendar-export.js';
import { CalendarDrafts } from '#libs/rule-book/calendar-drafts.js';
import { CalendarShelf } from '#libs/rule-book/calendar-shelf.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { listModel, speechOf, versionModel, viewModel } from './calendar-models.js';

/** The working calendars, and each with its versions, its holidays and a picture of a year. */
@ApiExcludeController()
@Needs('read-rules')
@Controller('calendars')
export class CalendarsPages {
  constructor(
    private readonly shelf: CalendarShelf,
    private readonly drafts: CalendarDrafts,
    private readonly changes: RuleChanges,
  ) {}

  @Get()
  async list(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    const [calendars, drafts, now] = await Promise.all([this.shelf.all(), this.drafts.all(), this.shelf.now()]);
    const mayChange = can(me.actor, 'publish-rules');
    response.render('calendars/views/list.njk', {
      title: 'Calendars',
      dense: true,
      mayChange,
      ...listModel(calendars, mayChange ? drafts : [], now, speechOf(response)),
    });
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const calendar = found(await this.shelf.find(id), 'calendar');
    const version = query['version'] === undefined ? undefined : Number(query['version']);
    const shown = found(versionModel(calendar, version), 'version');
    const speech = speechOf(response);
    const [clocks, now, { marks }] = await Promise.all([
      this.shelf.clocksOf(id),
      this.shelf.now(),
      this.changes.waiting(),
    ]);
    response.render('calendars/views/calendar.njk', {
      title: calendar.title,
      dense: true,
      mayChange: can(me.actor, 'publish-rules'),
      clocks,
      published: query['published'] === undefined ? null : Number(query['published']),
      waiting: marks,
      ...viewModel(calendar, shown, Number(query['year']), now, speech),
    });
  }

  @Get(':id/calendar.ics')
  async ics(@Param('id') id: string, @Res() response: Response) {
    const { inForce, title } = found(await this.shelf.find(id), 'calendar');
    const { _ } = speechOf(response);
    const names = Object.entries(inForce.names ?? {}).map(([date, name]) => [date, _(name)] as const);
    const named = { ...inForce, names: Object.fromEntries(names) };
    response.attachment(`${id}.ics`).type('text/calendar; charset=utf-8');
    response.send(exportCalendar(named, _(title), _('Holiday')));
  }

  @Get(':id/calendar.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  async json(@Param('id') id: string, @Res() response: Response) {
    const { inForce } = found(await this.shelf.find(id), 'calendar');
    response.attachment(`${id}.json`).send(JSON.stringify(inForce, null, 2));
  }
}
