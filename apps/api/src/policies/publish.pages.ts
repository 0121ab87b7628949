import { Body, Controller, Get, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { GENEVA_ZONE } from '#libs/i18n/dates.js';
import { civilDate, instantOfLocal } from '#libs/domain/calendar/civil.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { NotPublishable, StaleDraft } from '#libs/rule-book/publication.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import type { FormError } from './clock-errors.js';
import { one } from './clock-form.js';
import type { Submitted } from './clock-form.js';
import { PolicyDesk } from './policy-desk.js';
import { PolicyDrafts } from './policy-drafts.js';
import type { PolicyDraft } from './policy-drafts.js';

export const PUBLISH_ERRORS = {
  reason: 'Say why the policy changes, in 1 to 2,000 characters',
  from: 'Write a date that exists and is not past, or leave it empty to begin now',
  planned: 'A version that begins later is planned already; begin after it, on {date}',
  stale:
    'Version {version} has been published meanwhile. Look at it, begin a new draft from it, and make your change there.',
  draft: 'The draft cannot be published yet: {problem}',
};
const LONGEST_REASON = 2_000;

/** The step from a draft to a version: from when, and why. */
@ApiExcludeController()
@Needs('publish-rules')
@Controller('policies/drafts/:id/publish')
export class PublishPages {
  constructor(
    private readonly drafts: PolicyDrafts,
    private readonly desk: PolicyDesk,
  ) {}

  @Get()
  async ask(@Param('id') id: string, @Res() response: Response) {
    response.render('policies/views/publish.njk', page(await this.draftFor(id), {}, []));
  }

  @Post()
  async publish(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = await this.draftFor(id);
    const _ = wordsOf(response);
    const reason = one(submitted['reason']);
    const from = startOf(submitted, await this.desk.now());
    const errors: FormError[] = [
      ...(Number.isNaN(from) ? [{ field: 'from', text: _(PUBLISH_ERRORS.from) }] : []),
      ...(!reason || reason.length > LONGEST_REASON ? [{ field: 'reason', text: _(PUBLISH_ERRORS.reason) }] : []),
    ];
    const again = (said: FormError[], status: number) =>
      response.status(status).render('policies/views/publish.njk', page(draft, submitted, said));
    if (errors.length) return again(errors, HttpStatus.UNPROCESSABLE_ENTITY);
    try {
      const version = await this.desk.publish(draft, me, { reason, ...(from !== null && { from }) });
      return response.redirect(HttpStatus.SEE_OTHER, `/policies/${version}`);
    } catch (error) {
      if (error instanceof StaleDraft) {
        const text = _(PUBLISH_ERRORS.stale, { version: error.last });
        return again([{ field: 'main-content', text }], HttpStatus.CONFLICT);
      }
      if (!(error instanceof NotPublishable)) throw error;
      return again(error.problems.map(refusal(_)), HttpStatus.UNPROCESSABLE_ENTITY);
    }
  }

  private async draftFor(id: string): Promise<PolicyDraft> {
    return found(await this.drafts.find(id), 'draft');
  }
}

const refusal =
  (_: ReturnType<typeof wordsOf>) =>
  ({ field, message }: { field: string; message: string }): FormError => {
    const date = /\d{4}-\d\d-\d\dT\S+/.exec(message)?.[0];
    if (field === 'from') return { field, text: _(PUBLISH_ERRORS.planned, { date: date?.slice(0, 10) ?? '' }) };
    return { field: 'main-content', text: _(PUBLISH_ERRORS.draft, { problem: `${field}: ${message}` }) };
  };

/** The beginning of the day in Geneva that was written (epoch ms); null for now, NaN for what is no day to come. */
function startOf(submitted: Submitted, now: number): number | null {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => one(submitted[`from-${part}`]));
  if (!day && !month && !year) return null;
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const real = /^\d{4}-\d\d-\d\d$/.test(date) && new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) === date;
  return real && date >= civilDate(now, GENEVA_ZONE) ? instantOfLocal(`${date}T00:00:00`, GENEVA_ZONE) : Number.NaN;
}

const page = (draft: PolicyDraft, submitted: Submitted, errors: FormError[]) => ({
  title: 'Publish the policy',
  draft,
  submitted,
  reason: one(submitted['reason']),
  errors,
  errorAt: (field: string) => errors.find((error) => error.field === field)?.text ?? null,
});
