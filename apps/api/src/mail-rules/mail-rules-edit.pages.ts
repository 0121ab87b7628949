import { Body, Controller, Get, HttpStatus, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { RHYTHMS } from '#libs/domain/mail/mail-policy.js';
import { MAIL_WEEKDAYS, validateMailPolicy } from '#libs/domain/mail/validate-mail-policy.js';
import { weekdayName } from '#libs/i18n/dates.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { WORDING } from '#libs/mail/wording.js';
import { ACCOUNT_WORDING } from '#libs/mail/account-wording.js';
import { NotPublishable, StaleDraft } from '#libs/rule-book/publication.js';
import { speechOf } from '../calendars/calendar-models.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { said, textIn } from '../people/form-refusals.js';
import type { FormError, Submitted } from '../people/form-refusals.js';
import { versionOf } from '../policies/version-number.js';
import { MailRulesDesk } from './mail-rules-desk.js';
import { ruleErrors } from './mail-rules-errors.js';
import { answersOf, policyOf, rowsOf } from './mail-rules-form.js';
import { ruleDifferences } from './mail-rules-sentences.js';
import { RHYTHM_WORDS, RULE_ERRORS } from './mail-rules-words.js';

/** Changing the rules of mail: written down, looked at, published. Nothing is kept in between but in the form itself. */
@ApiExcludeController()
@Needs('publish-rules')
@Controller('mail-rules')
export class MailRulesEditPages {
  constructor(private readonly desk: MailRulesDesk) {}

  @Get('edit')
  async edit(@Res() response: Response) {
    const { version, policy } = await this.desk.inForce();
    this.form(response, { ...answersOf(policy), basedOn: String(version) }, []);
  }

  /** What would change; or the form again, with one more row, or with what is wrong. */
  @Post('preview')
  async preview(@Body() submitted: Submitted, @Res() response: Response) {
    if (submitted['more'])
      return this.form(response, { ...submitted, rows: String(rowsOf(submitted) + 1) }, [], HttpStatus.OK);
    if (submitted['back']) return this.form(response, submitted, [], HttpStatus.OK);
    const errors = ruleErrors(validateMailPolicy(policyOf(submitted)), submitted, wordsOf(response));
    if (errors.length) return this.form(response, submitted, errors, HttpStatus.UNPROCESSABLE_ENTITY);
    return this.look(response, submitted, []);
  }

  @Post('publish')
  async publish(@Body() submitted: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const _ = wordsOf(response);
    const [basedOn, reason] = [versionOf(textIn(submitted, 'basedOn')), textIn(submitted, 'reason')];
    try {
      const { version, moved } = await this.desk.publish(me, { basedOn, reason, policy: policyOf(submitted) });
      return response.redirect(HttpStatus.SEE_OTHER, `/mail-rules?published=${version}&moved=${moved}`);
    } catch (error) {
      const wrong = ruleErrors(validateMailPolicy(policyOf(submitted)), submitted, _);
      if (error instanceof StaleDraft && wrong.length)
        return this.form(response, submitted, wrong, HttpStatus.UNPROCESSABLE_ENTITY);
      if (error instanceof StaleDraft) {
        const text = _(RULE_ERRORS.stale, { version: error.last });
        return this.look(response, submitted, [{ field: 'main-content', text }], HttpStatus.CONFLICT);
      }
      if (!(error instanceof NotPublishable)) throw error;
      const errors = ruleErrors(error.problems, submitted, _);
      if (errors.some(({ field }) => field !== 'reason'))
        return this.form(response, submitted, errors, HttpStatus.UNPROCESSABLE_ENTITY);
      return this.look(response, submitted, errors, HttpStatus.UNPROCESSABLE_ENTITY);
    }
  }

  private form(response: Response, submitted: Submitted, errors: FormError[], status = HttpStatus.OK) {
    const { _, lang } = speechOf(response);
    response.status(status).render('mail-rules/views/edit.njk', {
      ...{ title: 'Change the rules of mail', values: submitted, rowCount: rowsOf(submitted), ...said(errors) },
      rhythms: RHYTHMS.map((value) => ({ value, text: _(RHYTHM_WORDS[value]) })),
      weekdays: MAIL_WEEKDAYS.map((value, index) => ({ value, text: weekdayName(index, lang) })),
    });
  }

  private async look(response: Response, submitted: Submitted, errors: FormError[], status = HttpStatus.OK) {
    const policy = policyOf(submitted);
    const [inForce, preview] = await Promise.all([this.desk.inForce(), this.desk.preview(policy)]);
    const { _csrf, ...fields } = submitted;
    response.status(status).render('mail-rules/views/preview.njk', {
      ...{ title: 'What the new rules of mail change', dense: true, preview, inForce, ...said(errors) },
      changes: ruleDifferences(inForce.policy, policy, speechOf(response)),
      hidden: Object.entries(fields).filter(([name, value]) => typeof value === 'string' && !OWN.includes(name)),
      reason: textIn(submitted, 'reason'),
      subjects: SUBJECTS,
    });
  }
}

/** Fields that the page of the preview has itself. */
const OWN = ['reason', 'more', 'back'];

/** What a mail is called, by its kind. */
const SUBJECTS: Record<string, string> = Object.fromEntries(
  [...Object.entries(WORDING), ...Object.entries(ACCOUNT_WORDING)].map(([kind, { subject }]) => [kind, subject]),
);
