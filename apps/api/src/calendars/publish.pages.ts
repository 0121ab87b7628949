import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { instantOfLocal, parseLocal } from '#libs/domain/calendar/civil.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { calendarChanges, isUnchanged } from '#libs/rule-book/calendar-changes.js';
import { CalendarDrafts, DraftChanged } from '#libs/rule-book/calendar-drafts.js';
import type { CalendarDraftView } from '#libs/rule-book/calendar-drafts.js';
import { CalendarShelf } from '#libs/rule-book/calendar-shelf.js';
import { NotPublishable, StaleDraft } from '#libs/rule-book/publication.js';
import { publishCalendar } from '#libs/rule-book/publish-calendar.js';
import { revisionIn } from '#libs/rule-book/rule-drafts.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { textOf } from './calendar-form.js';
import type { FormError, Submitted } from './calendar-form.js';
import { speechOf } from './calendar-models.js';
import { changeWords } from './calendar-words.js';
import type { Speech } from './calendar-words.js';

/** Publishing a draft: what it changes, from when, and why. */
@ApiExcludeController()
@Needs('publish-rules')
@Controller('calendars/drafts/:id')
export class PublishPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly shelf: CalendarShelf,
    private readonly drafts: CalendarDrafts,
  ) {}

  @Get('publish')
  async look(@Param('id') id: string, @Res() response: Response) {
    await this.page(found(await this.drafts.find(id), 'draft'), response, {}, []);
  }

  @Post('publish')
  async publish(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const speech = speechOf(response);
    const draft = found(await this.drafts.find(id), 'draft');
    const [from, errors] = beginning(textOf(submitted, 'from'), draft, await this.shelf.now(), speech);
    const reason = textOf(submitted, 'reason').trim();
    if (!reason) errors.push({ field: 'reason', text: speech._('Say why, for whoever looks at this version later.') });
    if (revisionIn(submitted['revision']) !== draft.revision) errors.push(changedMeanwhile(draft, speech));
    if (errors.length) return this.page(draft, response, submitted, errors);
    try {
      const { title, basedOn, calendar } = draft;
      const authorId = me.person.id;
      const version = await publishCalendar(this.dataSource, { title, basedOn, calendar, authorId, reason, ...from });
      await this.drafts.discard(id);
      return response.redirect(303, `/calendars/${calendar.id}?published=${version}&version=${version}`);
    } catch (error) {
      return this.page(draft, response, submitted, refusal(error, speech));
    }
  }

  /** Goes on from the version that came meanwhile; what the draft says stays, the page shows what it would change. */
  @Post('rebase')
  async rebase(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = found(await this.drafts.find(id), 'draft');
    const last = (await this.shelf.find(draft.calendar.id))?.versions.at(-1)?.version ?? 0;
    try {
      await this.drafts.save(id, revisionIn(submitted['revision']), { basedOn: last, authorId: me.person.id });
      return response.redirect(303, `/calendars/drafts/${id}/publish`);
    } catch (error) {
      if (!(error instanceof DraftChanged)) throw error;
      return this.page(draft, response, submitted, [changedMeanwhile(draft, speechOf(response))]);
    }
  }

  private async page(draft: CalendarDraftView, response: Response, submitted: Submitted, errors: FormError[]) {
    const speech = speechOf(response);
    const calendar = await this.shelf.find(draft.calendar.id);
    const before = calendar?.versions.at(-1) ?? null;
    response.status(errors.length ? 422 : 200).render('calendars/views/publish.njk', {
      title: 'Publish a calendar',
      draft,
      before,
      stale: before !== null && before.version !== draft.basedOn,
      unchanged: before !== null && isUnchanged(before.calendar, draft.calendar) && before.title === draft.title,
      changes: before ? changeWords(calendarChanges(before.calendar, draft.calendar), speech) : null,
      clocks: await this.shelf.clocksOf(draft.calendar.id),
      values: { from: textOf(submitted, 'from'), reason: textOf(submitted, 'reason') },
      errors,
      errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    });
  }
}

/** When it is to apply; nothing typed means at once. */
function beginning(
  text: string,
  { calendar: { timezone } }: CalendarDraftView,
  now: number,
  { _ }: Speech,
): [{ from?: number }, FormError[]] {
  const typed = text.trim();
  if (!typed) return [{}, []];
  const local = typed.replace(/\s+/, 'T');
  const whole = local.length === 10 ? `${local}T00:00` : local;
  if (parseLocal(whole) === null)
    return [{}, [{ field: 'from', text: _('Write date and time like this: 2027-01-01 00:00') }]];
  const from = instantOfLocal(whole, timezone);
  if (from >= now) return [{ from }, []];
  return [
    {},
    [
      {
        field: 'from',
        text: _('This lies in the past, and what is counted stays counted. Leave it empty to begin at once.'),
      },
    ],
  ];
}

const changedMeanwhile = ({ by }: CalendarDraftView, { _ }: Speech): FormError => ({
  field: 'main-content',
  text: _('{name} has saved this draft meanwhile. Look at what it says now, then publish it.', { name: by }),
});

/** Why a publication was refused, in words with what to do. @throws what is not ours to explain */
function refusal(error: unknown, { _ }: Speech): FormError[] {
  if (error instanceof StaleDraft)
    return [
      {
        field: 'stale',
        text: _('Version {n} has been published meanwhile. Look at it, then make your change again.', {
          n: error.last,
        }),
      },
    ];
  if (!(error instanceof NotPublishable)) throw error;
  return error.problems.map(({ field, message }) =>
    field === 'from'
      ? {
          field,
          text: _('A later version is planned already. This one must begin after it: {value}', {
            value: message.slice(-24),
          }),
        }
      : { field: 'main-content', text: _('The draft cannot be used as it is. Go back to it and save it again.') },
  );
}
