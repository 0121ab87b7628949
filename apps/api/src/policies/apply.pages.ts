import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { STAGES } from '#libs/domain/case/stages.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering, found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { Applications } from './applications.js';
import type { FormError } from './clock-errors.js';
import { many, one } from './clock-form.js';
import type { Submitted } from './clock-form.js';
import { PolicyShelf } from './policy-shelf.js';
import { versionOf } from './version-number.js';

export const APPLY_ERRORS = {
  cases: 'Tick at least one case',
  reason: 'Say why these cases go by another version, in 1 to 2,000 characters',
};
const LONGEST_REASON = 2_000;

/** Puts chosen open cases on a version of the policy, after showing what that changes (sla.md 2.5). */
@ApiExcludeController()
@Needs('apply-rules')
@Controller('policies/:version/apply')
export class ApplyPages {
  constructor(
    private readonly shelf: PolicyShelf,
    private readonly applications: Applications,
  ) {}

  @Get()
  async choose(@Param('version') number: string, @Query() query: Record<string, string>, @Res() response: Response) {
    const version = await this.versionFor(number);
    response.render('policies/views/apply.njk', await this.page(version, query, [], {}));
  }

  /** First what would happen, to be confirmed; then the step itself. */
  @Post()
  async apply(
    @Param('version') number: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const version = await this.versionFor(number);
    const _ = wordsOf(response);
    const cases = many(submitted['cases']);
    const reason = one(submitted['reason']);
    const errors: FormError[] = [
      ...(cases.length ? [] : [{ field: 'cases', text: _(APPLY_ERRORS.cases) }]),
      ...(reason && reason.length <= LONGEST_REASON ? [] : [{ field: 'reason', text: _(APPLY_ERRORS.reason) }]),
    ];
    if (errors.length) {
      const query = { stage: one(submitted['stage']), after: one(submitted['after']) };
      return response
        .status(HttpStatus.UNPROCESSABLE_ENTITY)
        .render('policies/views/apply.njk', await this.page(version, query, errors, submitted));
    }
    if (!one(submitted['confirmed'])) {
      const { items } = await this.applications.candidates(version, { only: cases });
      const model = { title: 'Check what changes', dense: true, version, items, reason, key: randomUUID() };
      return response.render('policies/views/confirm.njk', model);
    }
    const key = one(submitted['key']) || randomUUID();
    const sent = await answering(() => this.applications.apply(version, cases, reason, key, me));
    return response.redirect(HttpStatus.SEE_OTHER, `/policies/${version}/apply?sent=${sent}`);
  }

  private async page(version: number, query: Record<string, string>, errors: FormError[], submitted: Submitted) {
    const stage = STAGES.find((one) => one === query['stage']) ?? '';
    const [list, waiting] = await Promise.all([
      this.applications.candidates(version, { stage, after: query['after'] ?? '' }),
      this.applications.waiting(),
    ]);
    const sent = versionOf(query['sent'] ?? '');
    const chosen = many(submitted['cases']);
    return {
      title: 'Put open cases on this version',
      dense: true,
      version,
      ...list,
      items: list.items.map((item) => ({
        ...item,
        checked: chosen.includes(item.reference) || (query['all'] === 'yes' && !errors.length),
      })),
      stage,
      after: query['after'] ?? '',
      stages: STAGES.filter((one) => one !== 'closed'),
      sent,
      done: Math.max(0, sent - waiting),
      waiting,
      reason: one(submitted['reason']),
      errors,
      errorAt: (field: string) => errors.find((error) => error.field === field)?.text ?? null,
    };
  }

  private async versionFor(number: string): Promise<number> {
    return found(await this.shelf.version(versionOf(number)), 'page').version.version;
  }
}
