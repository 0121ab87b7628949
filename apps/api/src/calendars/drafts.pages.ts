import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { State } from '#libs/database/entities/state.entity.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CalendarDrafts, DraftChanged } from '#libs/rule-book/calendar-drafts.js';
import { CalendarShelf } from '#libs/rule-book/calendar-shelf.js';
import { calendarToText } from '#libs/rule-book/calendar-text.js';
import { readCalendar } from '#libs/rule-book/read-calendar.js';
import { revisionIn } from '#libs/rule-book/rule-drafts.js';
import { stateCalendar } from '#libs/rule-book/state-calendar.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { errorsOf, formModel, submittedText, textOf } from './calendar-form.js';
import type { FormError, Submitted } from './calendar-form.js';
import { speechOf } from './calendar-models.js';

const LONGEST_TITLE = 120;

/** Beginning a draft of a calendar, for a State or from a version there is, and working on it. */
@ApiExcludeController()
@Needs('publish-rules')
@Controller('calendars')
export class CalendarDraftsPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly shelf: CalendarShelf,
    private readonly drafts: CalendarDrafts,
  ) {}

  @Get('new')
  async choose(@Res() response: Response) {
    await this.chooser(response, []);
  }

  @Post('new')
  async begin(@Body() submitted: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const { _ } = speechOf(response);
    const code = textOf(submitted, 'state');
    const state = code ? await this.dataSource.manager.findOneBy(State, { code }) : null;
    if (!state) return this.chooser(response, [{ field: 'state', text: _('Choose a State from the list.') }]);
    const calendar = stateCalendar(state);
    if (await this.shelf.find(calendar.id)) return response.redirect(303, `/calendars/${calendar.id}`);
    const id = await this.drafts.begin({ title: state.name, basedOn: 0, calendar, authorId: me.person.id });
    return response.redirect(303, `/calendars/drafts/${id}`);
  }

  @Post(':id/edit')
  async edit(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const { versions, title } = found(await this.shelf.find(id), 'calendar');
    const last = found(versions.at(-1), 'version');
    const { version: basedOn, ...calendar } = last.calendar;
    const draft = await this.drafts.begin({ title, basedOn, calendar, authorId: me.person.id });
    response.redirect(303, `/calendars/drafts/${draft}`);
  }

  @Get('drafts/:id')
  async draft(@Param('id') id: string, @Query('added') added: string | undefined, @Res() response: Response) {
    const draft = found(await this.drafts.find(id), 'draft');
    const text = { ...calendarToText(draft.calendar), title: draft.title };
    response.render('calendars/views/draft.njk', {
      title: 'Draft of a calendar',
      draft,
      added: added === undefined ? null : Number(added),
      ...formModel(text, [], speechOf(response)),
    });
  }

  @Post('drafts/:id')
  async save(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const speech = speechOf(response);
    const draft = found(await this.drafts.find(id), 'draft');
    const [text, title] = [submittedText(submitted), textOf(submitted, 'title').trim()];
    const { calendar, problems } = readCalendar(draft.calendar.id, text);
    const errors: FormError[] = [...titleErrors(title, speech._), ...errorsOf(problems, speech)];
    const again = (status: number, said: FormError[]) =>
      response.status(status).render('calendars/views/draft.njk', {
        title: 'Draft of a calendar',
        draft: { ...draft, revision: Number(submitted['revision']) },
        errors: said,
        ...formModel({ ...text, title }, said, speech),
      });
    if (errors.length) return again(422, errors);
    try {
      await this.drafts.save(id, revisionIn(submitted['revision']), { title, calendar, authorId: me.person.id });
    } catch (error) {
      if (!(error instanceof DraftChanged)) throw error;
      const text = speech._(
        '{name} has saved this draft meanwhile. Nothing of yours is saved: open the draft anew in another window, and make your change there.',
        { name: draft.by },
      );
      return again(409, [{ field: 'main-content', text }]);
    }
    return response.redirect(303, `/calendars/drafts/${id}${submitted['then'] === 'publish' ? '/publish' : ''}`);
  }

  @Post('drafts/:id/discard')
  async discard(@Param('id') id: string, @Res() response: Response) {
    found(await this.drafts.find(id), 'draft');
    await this.drafts.discard(id);
    response.redirect(303, '/calendars');
  }

  private async chooser(response: Response, errors: FormError[]) {
    const states = await this.dataSource.manager.find(State, {
      select: { code: true, name: true },
      order: { name: 'ASC' },
    });
    response
      .status(errors.length ? 422 : 200)
      .render('calendars/views/new.njk', { title: 'Make a calendar for a State', states, errors });
  }
}

function titleErrors(title: string, _: (words: string) => string): FormError[] {
  if (title && title.length <= LONGEST_TITLE) return [];
  return [{ field: 'title', text: _('Name the calendar in at most 120 characters.') }];
}
