import { Body, Controller, Get, Header, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { can } from '#libs/domain/access/can.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { csvText } from '../layout/csv.js';
import { wordsOf } from '../layout/words-of.js';
import { changeRow, changeTable, FILTERS, isShown } from './change-words.js';
import type { Filter } from './change-words.js';
import type { Asked, FormError } from './what-if-desk.js';
import { WhatIfDesk } from './what-if-desk.js';
import type { WhatIfJob } from './what-if-jobs.js';
import { WhatIfJobs } from './what-if-jobs.js';

const ROWS = 200;
const RELOAD_SECONDS = 2;
type Fields = Record<string, unknown>;

/** What a draft would change before anybody publishes it; asked, looked at, and thrown away. */
@ApiExcludeController()
@Needs('read-rules')
@Controller('what-if')
export class WhatIfPages {
  constructor(
    private readonly desk: WhatIfDesk,
    private readonly jobs: WhatIfJobs,
  ) {}

  @Get()
  async form(@Query() { draft }: Fields, @Res() response: Response) {
    await this.show(response, { ...askedIn({}), draft: text(draft) });
  }

  @Post()
  async ask(@Body() body: Fields, @Res() response: Response) {
    const asked = askedIn(body);
    await this.goOn(await this.desk.ask(asked), asked, response);
  }

  @Post('zones')
  async askZones(@Res() response: Response) {
    await this.goOn(this.desk.askZones(), askedIn({}), response);
  }

  @Get(':job')
  answer(@Param('job') id: string, @Query() query: Fields, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const job = found(this.jobs.find(id), 'answer');
    const waits = job.state === 'running' && query['reload'] !== 'off';
    if (waits) response.setHeader('Refresh', String(RELOAD_SECONDS));
    if (!job.result) return response.render('what-if/views/waiting.njk', { ...titled(job), job, waits });
    response.render('what-if/views/answer.njk', { ...titled(job), ...answerModel(job, query, me, response) });
  }

  @Get(':job/changes.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="what-if.csv"')
  csv(@Param('job') id: string, @Query() query: Fields, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const { changes } = found(this.jobs.find(id)?.result, 'answer');
    const shown = changes.filter((change) => isShown(change, filterIn(query)));
    response.send(csvText(changeTable(shown, isCaseStaff(me.person.roles))));
  }

  @Post(':job/cancel')
  async cancel(@Param('job') id: string, @Res() response: Response) {
    found(this.jobs.find(id), 'answer');
    await this.jobs.cancel(id);
    response.redirect(303, `/what-if/${id}`);
  }

  private async goOn(begun: WhatIfJob | FormError[], asked: Asked, response: Response): Promise<void> {
    if (!Array.isArray(begun)) return response.redirect(303, `/what-if/${begun.id}`);
    response.status(422);
    await this.show(response, asked, begun);
  }

  private async show(response: Response, asked: Asked, errors: FormError[] = []): Promise<void> {
    const _ = wordsOf(response);
    const [{ calendars, drafts }, releases] = await Promise.all([this.desk.choices(), this.desk.releases()]);
    response.render('what-if/views/form.njk', {
      title: 'What would change?',
      asked,
      errors,
      said: Object.fromEntries(errors.map(({ field, text }) => [field, _(text)])),
      releases,
      calendars: calendars.map(({ id, title }) => ({ value: id, text: _(title) })),
      drafts: [
        { value: '', text: _('Holidays of a calendar, below') },
        ...drafts.map(({ id, title }) => ({ value: id, text: title })),
      ],
    });
  }
}

const titled = ({ subject: { about } }: WhatIfJob) =>
  about === 'zones'
    ? { title: 'Deadlines under other time zones', dense: true }
    : { title: 'What would change?', dense: true };

function answerModel({ id, subject, result }: WhatIfJob, query: Fields, me: SignedIn, response: Response) {
  const filter = filterIn(query);
  const showsCases = isCaseStaff(me.person.roles);
  const { changes, ...sums } = result ?? { changes: [] };
  const among = changes.filter((change) => isShown(change, filter));
  const page = Math.max(1, Math.trunc(Number(query['page']) || 1));
  const rows = among.slice((page - 1) * ROWS, page * ROWS);
  const address = (more: Record<string, string>) => `?${new URLSearchParams({ show: filter, ...more }).toString()}`;
  return {
    id,
    subject,
    sums,
    filter,
    filters: FILTERS,
    showsCases,
    total: changes.length,
    shown: among.length,
    rows: rows.map((change) => changeRow(change, showsCases, wordsOf(response))),
    next: page * ROWS < among.length ? address({ page: String(page + 1) }) : null,
    csv: `/what-if/${id}/changes.csv${address({})}`,
    publish: can(me.actor, 'publish-rules') ? subject.draftPath : undefined,
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const dates = (value: unknown): string[] =>
  text(value)
    .split(/[\s,;،、]+/)
    .filter(Boolean);
const filterIn = ({ show }: Fields): Filter => FILTERS.find((one) => one === show) ?? 'all';

const askedIn = (body: Fields): Asked => ({
  draft: text(body['draft']),
  calendar: text(body['calendar']) || 'geneva',
  add: dates(body['add']),
  remove: dates(body['remove']),
  question: body['question'] === 'from_now' ? 'from_now' : 'always',
});
