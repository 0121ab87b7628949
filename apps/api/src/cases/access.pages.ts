import { Controller, Get, Header, Param, Query, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AccessLog, SAME_LOOK_MINUTES } from '#libs/case-reading/access-log.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { csvText } from '../layout/csv.js';
import { AccessDesk } from './access-desk.js';
import { DOOR_WORDS, FIELD_WORDS, GROUND_WORDS } from './access-words.js';
import { PageQuery } from './cases.query.dto.js';
import { givenCursor } from './cursor.js';

const COLUMNS = ['at', 'person', 'organisation', 'fields', 'why', 'door'];

/** Who has looked at a case: for the State that asks, and the coordinators on it. */
@ApiExcludeController()
@OpenToGuests()
@Controller('cases/:reference')
export class AccessPages {
  constructor(
    private readonly desk: AccessDesk,
    private readonly log: AccessLog,
  ) {}

  @Get('access')
  @Render('cases/views/access.njk')
  async page(@Param('reference') reference: string, @Query() { cursor }: PageQuery, @CurrentPerson() me: SignedIn) {
    const view = await this.desk.caseFor(reference, me.actor);
    return {
      title: 'Who has looked at this request',
      dense: true,
      view,
      minutes: SAME_LOOK_MINUTES,
      fields: FIELD_WORDS,
      grounds: GROUND_WORDS,
      doors: DOOR_WORDS,
      ...(await this.log.page(view.id, { cursor: givenCursor(cursor) })),
    };
  }

  /** The whole log, with instants in UTC. */
  @Get('access.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="access.csv"')
  async csv(@Param('reference') reference: string, @CurrentPerson() me: SignedIn): Promise<string> {
    const { id } = await this.desk.caseFor(reference, me.actor);
    const rows = (await this.log.all(id)).map(({ at, person, organisation, fields, why, door }) => [
      ...[at, person.name, organisation?.name ?? ''],
      ...[fields.join(' '), why.join(' '), door],
    ]);
    return csvText([COLUMNS, ...rows]);
  }
}
