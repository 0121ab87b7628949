import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CalendarDrafts, DraftChanged } from '#libs/rule-book/calendar-drafts.js';
import type { CalendarDraftView } from '#libs/rule-book/calendar-drafts.js';
import { importCalendar, UnreadableCalendar } from '#libs/rule-book/calendar-import.js';
import { CalendarShelf } from '#libs/rule-book/calendar-shelf.js';
import { dayLine } from '#libs/rule-book/calendar-text.js';
import { proposeHolidays, regionsOf } from '#libs/rule-book/holiday-proposals.js';
import { MOST_YEARS, withDays } from '#libs/rule-book/imported-days.js';
import type { ProposedDay, Years } from '#libs/rule-book/imported-days.js';
import { readDay } from '#libs/rule-book/read-calendar.js';
import { revisionIn } from '#libs/rule-book/rule-drafts.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { textOf } from './calendar-form.js';
import type { FormError, Submitted } from './calendar-form.js';
import { speechOf } from './calendar-models.js';
import { dateWords } from './calendar-words.js';
import type { Speech } from './calendar-words.js';

const YEARS_AHEAD = 3;

/** Adding holidays to a draft: from an iCalendar file, or as proposed by a package; always shown first, and ticked. */
@ApiExcludeController()
@Needs('publish-rules')
@Controller('calendars/drafts/:id')
export class DaysPages {
  constructor(
    private readonly shelf: CalendarShelf,
    private readonly drafts: CalendarDrafts,
  ) {}

  @Get('import')
  async upload(@Param('id') id: string, @Res() response: Response) {
    const draft = found(await this.drafts.find(id), 'draft');
    response.render('calendars/views/import.njk', await this.importModel(draft, {}));
  }

  @Post('import')
  async preview(@Param('id') id: string, @Body() submitted: Submitted, @Res() response: Response) {
    const speech = speechOf(response);
    const draft = found(await this.drafts.find(id), 'draft');
    const model = await this.importModel(draft, submitted);
    const file = textOf(submitted, 'file') || textOf(submitted, 'ics');
    const errors = yearErrors(model.years, speech);
    if (!file.trim()) errors.push({ field: 'file', text: speech._('Choose a file, or paste its text.') });
    const refuse = () => response.status(422).render('calendars/views/import.njk', { ...model, ...said(errors) });
    if (errors.length) return refuse();
    try {
      const { days, ...left } = importCalendar(file, model.years, knownIn(draft));
      const shown = daysModel(days, true, speech);
      return response.status(200).render('calendars/views/days.njk', {
        title: 'Days of the file',
        draft,
        back: 'import',
        left,
        ...shown,
      });
    } catch (error) {
      if (!(error instanceof UnreadableCalendar)) throw error;
      const text = speech._(error.reason) + (error.detail ? ` (${error.detail})` : '');
      errors.push({ field: textOf(submitted, 'file') ? 'file' : 'ics', text });
      return refuse();
    }
  }

  @Get('proposals')
  async proposals(@Param('id') id: string, @Query() query: Record<string, unknown>, @Res() response: Response) {
    const speech = speechOf(response);
    const draft = found(await this.drafts.find(id), 'draft');
    const place = (textOf(query, 'place') || placeOf(draft)).trim();
    const model = {
      ...{ title: 'Proposed holidays', draft, place, regions: regionsOf(place), asked: query['place'] !== undefined },
      years: await this.yearsOf(query),
    };
    const errors = model.asked ? yearErrors(model.years, speech) : [];
    const days = model.asked && !errors.length ? proposeHolidays(place, model.years, speech.lang, knownIn(draft)) : [];
    if (!days) errors.push({ field: 'place', text: speech._(UNKNOWN_PLACE, { place }) });
    response
      .status(errors.length ? 422 : 200)
      .render('calendars/views/proposals.njk', { ...model, ...daysModel(days ?? [], false, speech), ...said(errors) });
  }

  @Post('days')
  async add(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = found(await this.drafts.find(id), 'draft');
    const lines = [submitted['day'] ?? []].flat().filter((line) => typeof line === 'string');
    const days = lines.map(readDay).filter((day) => day !== null);
    try {
      const calendar = withDays(draft.calendar as Parameters<typeof withDays>[0] & typeof draft.calendar, days);
      await this.drafts.save(id, revisionIn(submitted['revision']), { calendar, authorId: me.person.id });
      return response.redirect(303, `/calendars/drafts/${id}?added=${days.length}`);
    } catch (error) {
      if (!(error instanceof DraftChanged)) throw error;
      const { _ } = speechOf(response);
      const text = _('{name} has saved this draft meanwhile. Nothing is added: go back to the draft and begin again.', {
        name: draft.by,
      });
      const model = {
        title: 'Days of the file',
        draft,
        back: 'import',
        left: null,
        ...daysModel([], false, speechOf(response)),
      };
      return response
        .status(409)
        .render('calendars/views/days.njk', { ...model, ...said([{ field: 'main-content', text }]) });
    }
  }

  private async importModel(draft: CalendarDraftView, submitted: Submitted) {
    const years = await this.yearsOf(submitted);
    return { title: 'Take in a calendar file', draft, years, ics: textOf(submitted, 'ics'), errorOf: {} };
  }

  /** The years asked for; this one and the next three when none are. */
  private async yearsOf(given: Submitted): Promise<Years> {
    const thisYear = new Date(await this.shelf.now()).getUTCFullYear();
    const year = (name: string, otherwise: number) => (textOf(given, name) ? Number(textOf(given, name)) : otherwise);
    return { from: year('from', thisYear), to: year('to', thisYear + YEARS_AHEAD) };
  }
}

export const UNKNOWN_PLACE =
  'The list of proposals does not know “{place}”. Write a code like CH, CHE or CH-GE; for a country that it does not know, enter the holidays by hand or take in a file.';
const WRONG_YEARS = 'Give two years from 1970 to 2199, the first one first, at most 15 years.';

function yearErrors({ from, to }: Years, { _ }: Speech): FormError[] {
  const right = [from, to].every((year) => Number.isInteger(year) && year >= 1970 && year <= 2199);
  return right && from <= to && to - from < MOST_YEARS ? [] : [{ field: 'from', text: _(WRONG_YEARS) }];
}

const said = (errors: FormError[]) => ({
  errors,
  errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
});

const knownIn = ({ calendar }: CalendarDraftView): Set<string> =>
  new Set([...calendar.holidays, ...calendar.annualHolidays]);

/** The country of a State's own calendar, or of Geneva's. */
const placeOf = ({ calendar: { id } }: CalendarDraftView): string =>
  id.startsWith('state-') ? id.slice('state-'.length).toUpperCase() : id === 'geneva' ? 'CH-GE' : '';

const daysModel = (days: readonly ProposedDay[], ticked: boolean, { lang }: Speech) => ({
  days: days.map((day) => ({
    ...day,
    ticked: ticked && !day.known,
    words: dateWords(day.date, lang),
    line: dayLine(day.date, day.name),
  })),
  fresh: days.filter(({ known }) => !known).length,
});
