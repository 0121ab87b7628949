import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { MAIL_STATES } from '#libs/database/entities/mail.entity.js';
import { mailReach } from '#libs/domain/access/mail-reach.js';
import { HELD_FOR } from '#libs/domain/mail/mail-class.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { MailFilter } from '#libs/mail-views/mail-conditions.js';
import { MailSearch } from '#libs/mail-views/mail-search.js';
import { answering } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { csvOfMails, everyMail } from './mail-csv.js';
import { HELD_WORDS, kindWords, MAIL_KINDS_THERE_ARE, spoken, STATE_WORDS } from './mail-words.js';
import { MailQuery } from './mail.query.dto.js';

/** Every mail that was ever owed, across all cases: to whom, why, and what became of it. Never a word of a case. */
@ApiExcludeController()
@Needs('read-mail')
@Controller('mail')
export class MailPages {
  constructor(private readonly search: MailSearch) {}

  @Get()
  page(
    @Query() query: MailQuery,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    return this.list(query, me, requestId, response);
  }

  /** Those that did not arrive for certain, for somebody to decide. */
  @Get('unknown')
  unknown(
    @Query() { cursor }: MailQuery,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const waiting = { ...(cursor && { cursor }), undecided: 'yes' as const };
    return this.list(waiting, me, requestId, response, 'mail/views/unknown.njk');
  }

  /** Exactly what the page with the same filter finds, all pages of it. */
  @Get('mail.csv')
  async csv(
    @Query() query: MailQuery,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const rows = await answering(() => everyMail(this.search, filterOf(query), { actor, requestId }));
    response.attachment('mail.csv').type('text/csv; charset=utf-8').send(csvOfMails(rows));
  }

  @Get('mail.json')
  async json(
    @Query() query: MailQuery,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const rows = await answering(() => everyMail(this.search, filterOf(query), { actor, requestId }));
    response.attachment('mail.json').json(rows);
  }

  private async list(
    query: MailQuery,
    { actor }: SignedIn,
    requestId: string,
    response: Response,
    view = 'mail/views/mail.njk',
  ) {
    const asking = { actor, requestId };
    const filter = filterOf(query);
    const [{ items, next }, counts, undecided] = await answering(() =>
      Promise.all([
        this.search.page({ ...filter, cursor: query.cursor }, asking),
        this.search.counts(filter, asking),
        this.search.undecided(asking),
      ]),
    );
    const _ = wordsOf(response);
    const base = filter.undecided ? '/mail/unknown' : '/mail';
    const given = filter.undecided ? {} : asked(query);
    response.render(view, {
      title: filter.undecided ? 'Mails to decide on' : 'Mails',
      dense: true,
      rows: items.map((item) => spoken(item, _)),
      opensCases: mailReach(actor).cases,
      filter: asked(query),
      undecided,
      states: MAIL_STATES.map((state) => ({
        state,
        text: _(STATE_WORDS[state]),
        count: counts[state] ?? 0,
        href: addressOf({ ...asked(query), state }),
        current: query.state === state,
      })),
      everyState: addressOf({ ...asked(query), state: undefined }),
      held: HELD_FOR.map((value) => ({ value, text: _(HELD_WORDS[value]) })),
      kinds: MAIL_KINDS_THERE_ARE.map((value) => ({ value, text: kindWords(value, null, _) })).sort((a, b) =>
        a.text.localeCompare(b.text),
      ),
      next: next && addressOf({ ...given, cursor: next }, base),
      csv: addressOf(asked(query), '/mail/mail.csv'),
      json: addressOf(asked(query), '/mail/mail.json'),
    });
  }
}

const asked = ({ cursor: _, limit: __, ...query }: MailQuery) => query;

const filterOf = (query: MailQuery): MailFilter => ({ ...asked(query), undecided: query.undecided === 'yes' });

export function addressOf(values: object, path = '/mail'): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return search ? `${path}?${search}` : path;
}
