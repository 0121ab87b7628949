import { Body, Controller, Get, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { revisionIn } from '#libs/rule-book/rule-drafts.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { formErrors } from './clock-errors.js';
import { answersOf, clockOf, nameFor, one } from './clock-form.js';
import type { Submitted } from './clock-form.js';
import { clockPage } from './clock-page.js';
import { NEW_CLOCK } from './new-clock.js';
import { byStage } from './policies.pages.js';
import { PolicyDesk } from './policy-desk.js';
import { differences } from './policy-differences.js';
import { DraftChanged, PolicyDrafts } from './policy-drafts.js';
import type { PolicyDraft } from './policy-drafts.js';
import { PolicyShelf } from './policy-shelf.js';
import { versionOf } from './version-number.js';

/** A policy that is being changed, one clock a page. */
@ApiExcludeController()
@Needs('publish-rules')
@Controller('policies/drafts')
export class DraftsPages {
  constructor(
    private readonly shelf: PolicyShelf,
    private readonly drafts: PolicyDrafts,
    private readonly desk: PolicyDesk,
  ) {}

  @Post()
  async begin(@Body() { version }: { version?: string }, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const basis = found(await this.shelf.version(versionOf(String(version))), 'page').version;
    response.redirect(HttpStatus.SEE_OTHER, addressOf(await this.drafts.begin(me, basis.version, basis.clocks)));
  }

  @Get(':id')
  async draft(@Param('id') id: string, @Res() response: Response) {
    const draft = await this.draftFor(id);
    const speaking = { _: wordsOf(response), calendars: await this.shelf.calendarTitles() };
    const [basis, problems] = await Promise.all([this.shelf.version(draft.basedOn), this.desk.problems(draft)]);
    const [last] = await this.shelf.versions();
    response.render('policies/views/draft.njk', {
      title: 'Draft of the policy',
      dense: true,
      draft,
      stages: byStage(draft.clocks, speaking),
      changes: differences(basis?.version.clocks ?? [], draft.clocks, speaking),
      stale: last && last.version !== draft.basedOn ? last.version : null,
      emptyStages: problems.flatMap(({ message }) => /the stage (\w+) without/.exec(message)?.[1] ?? []),
    });
  }

  @Post(':id/discard')
  async discard(@Param('id') id: string, @Res() response: Response) {
    await this.drafts.discard(await this.draftFor(id));
    response.redirect(HttpStatus.SEE_OTHER, '/policies');
  }

  @Get(':id/clocks/:name')
  async clock(@Param('id') id: string, @Param('name') name: string, @Res() response: Response) {
    const draft = await this.draftFor(id);
    const clock = clockIn(draft, name);
    await this.form(response, { draft, clock, submitted: answersOf(clock ?? NEW_CLOCK), errors: [] });
  }

  @Post(':id/clocks/:name')
  async keep(
    @Param('id') id: string,
    @Param('name') name: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = await this.draftFor(id);
    const clock = clockIn(draft, name);
    const called = clock?.name ?? nameFor(one(submitted['title']), [...draft.clocks.map((other) => other.name), 'new']);
    const form = { draft, clock, submitted, errors: [] };
    // One more row is asked for: nothing is kept yet, and nothing is lost.
    if (submitted['more']) {
      const rows = String(Number(one(submitted['rows'])) + 2);
      return this.form(response, { ...form, submitted: { ...submitted, rows } });
    }
    try {
      const changed = clockOf(submitted, called, clock ?? undefined);
      const problems = await this.desk.keepClock(draft, revisionIn(one(submitted['revision'])), called, changed, me);
      if (!problems.length) return response.redirect(HttpStatus.SEE_OTHER, `${addressOf(id)}#${called}`);
      const errors = formErrors(problems, submitted, wordsOf(response));
      return await this.form(response, { ...form, errors }, HttpStatus.UNPROCESSABLE_ENTITY);
    } catch (error) {
      if (!(error instanceof DraftChanged)) throw error;
      const { author } = error.draft;
      const text = wordsOf(response)(CHANGED, { who: author.name });
      const again = { ...form, draft: error.draft, errors: [{ field: 'title', text }] };
      return this.form(response, again, HttpStatus.CONFLICT);
    }
  }

  /** The clock as the version has it that the draft began from; one that was added goes. */
  @Post(':id/clocks/:name/undo')
  async undo(
    @Param('id') id: string,
    @Param('name') name: string,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = await this.draftFor(id);
    const basis = await this.shelf.version(draft.basedOn);
    const was = basis?.version.clocks.find((clock) => clock.name === name) ?? null;
    await this.desk.keepClock(draft, draft.revision, name, was, me);
    response.redirect(HttpStatus.SEE_OTHER, addressOf(id));
  }

  @Post(':id/clocks/:name/remove')
  async remove(
    @Param('id') id: string,
    @Param('name') name: string,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const draft = await this.draftFor(id);
    found(clockIn(draft, name), 'page');
    await this.desk.keepClock(draft, draft.revision, name, null, me);
    response.redirect(HttpStatus.SEE_OTHER, addressOf(id));
  }

  private async draftFor(id: string): Promise<PolicyDraft> {
    return found(await this.drafts.find(id), 'draft');
  }

  private async form(
    response: Response,
    form: Pick<Parameters<typeof clockPage>[0], 'draft' | 'clock' | 'submitted' | 'errors'>,
    status = HttpStatus.OK,
  ) {
    const calendars = await this.shelf.calendarTitles();
    response.status(status).render('policies/views/clock.njk', clockPage({ ...form, calendars, _: wordsOf(response) }));
  }
}

export const CHANGED =
  '{who} has changed this draft meanwhile. What you typed is still here: send it again to keep it beside the other change.';

const addressOf = (id: string): string => `/policies/drafts/${id}`;

/** The clock to be changed; null for the one that is being added. @throws 404 */
const clockIn = ({ clocks }: PolicyDraft, name: string): ClockPolicy | null =>
  name === 'new'
    ? null
    : found(
        clocks.find((clock) => clock.name === name),
        'page',
      );
