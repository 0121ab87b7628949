import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { mailReach } from '#libs/domain/access/mail-reach.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { MailDecisions } from '#libs/mail/decisions.js';
import type { MailDecision } from '#libs/mail/decisions.js';
import { whyNotAgain } from '#libs/mail/sent-again.js';
import type { LedgerRow } from '#libs/mail-views/ledger-row.js';
import { MailSearch } from '#libs/mail-views/mail-search.js';
import { NotAcceptable } from '#libs/people/refused.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from '../people/form-refusals.js';
import type { Submitted } from '../people/form-refusals.js';
import { idIn } from '../people/people-problems.js';
import { spoken } from './mail-words.js';

const LONGEST_REASON = 2_000;
const TITLE_OF: Record<MailDecision, { title: string }> = {
  sent_again: { title: 'Send the mail again' },
  left: { title: 'Leave the mail as it is' },
};
const DONE = { sent_again: 'The mail goes out once more.', left: 'The mail is left as it is.' };

/** One mail with all that happened to it, and what somebody decides on it: asked once more, with what follows and a reason. */
@ApiExcludeController()
@Needs('read-mail')
@Controller('mail')
export class MailDecisionPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly search: MailSearch,
    private readonly decisions: MailDecisions,
  ) {}

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query('done') done: string | undefined,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const row = await this.row(id, me, requestId);
    response.render('mail/views/one.njk', {
      title: 'Mail',
      dense: true,
      row: spoken(row, wordsOf(response)),
      opensCases: mailReach(me.actor).cases,
      done: Object.hasOwn(DONE, done ?? '') ? DONE[done as MailDecision] : undefined,
    });
  }

  @Needs('decide-mail')
  @Get(':id/send-again')
  askAgain(
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    return this.ask('sent_again', id, me, requestId, response);
  }

  @Needs('decide-mail')
  @Get(':id/leave')
  askLeave(
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    return this.ask('left', id, me, requestId, response);
  }

  @Needs('decide-mail')
  @Post(':id/send-again')
  sendAgain(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    return this.decide('sent_again', id, submitted, me, requestId, response);
  }

  @Needs('decide-mail')
  @Post(':id/leave')
  leave(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    return this.decide('left', id, submitted, me, requestId, response);
  }

  private async ask(what: MailDecision, id: string, me: SignedIn, requestId: string, response: Response) {
    const row = await this.row(id, me, requestId);
    response.render('mail/views/decision.njk', { ...(await this.model(what, row, response)), ...said() });
  }

  private async decide(
    what: MailDecision,
    id: string,
    submitted: Submitted,
    me: SignedIn,
    requestId: string,
    response: Response,
  ) {
    const row = await this.row(id, me, requestId);
    const [reason, seen] = [textIn(submitted, 'reason'), textIn(submitted, 'decisions')];
    try {
      if (!reason || reason.length > LONGEST_REASON)
        throw new NotAcceptable([{ field: 'reason', words: REASON_WANTED }]);
      const basedOn = /^\d{1,6}$/.test(seen) ? Number(seen) : row.decisions;
      await this.decisions.decide({ mailId: row.id, what, personId: me.person.id, reason, basedOn });
    } catch (error) {
      const { status, errors } = refusalOf(error, wordsOf(response));
      const model = { ...(await this.model(what, row, response)), reason };
      return response.status(status).render('mail/views/decision.njk', { ...model, ...said(errors) });
    }
    return response.redirect(303, `/mail/${row.id}?done=${what}`);
  }

  private async row(id: string, { actor }: SignedIn, requestId: string): Promise<LedgerRow> {
    return found(await this.search.find(idIn(id, 'mail'), { actor, requestId }), 'mail');
  }

  private async model(what: MailDecision, row: LedgerRow, response: Response) {
    const { manager } = this.dataSource;
    const mail = await manager.findOneByOrFail(Mail, { id: row.id });
    const inTheWay = what === 'sent_again' ? await whyNotAgain(manager, mail) : null;
    return { ...TITLE_OF[what], dense: true, what, row: spoken(row, wordsOf(response)), inTheWay, reason: '' };
  }
}

export const REASON_WANTED = 'Say why, in at most 2,000 characters.';
export const DECISION_DONE: readonly string[] = Object.values(DONE);
