import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditSearch } from '#libs/audit/audit-search.js';
import type { AuditEntry, AuditFilter } from '#libs/audit/audit-search.js';
import { LOOKED } from '#libs/audit/audit-sources.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering } from '../cases/case-problems.js';
import { TITLES } from '../cases/event-titles.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { csvText } from '../layout/csv.js';
import { wordsOf } from '../layout/words-of.js';
import { mayRead } from './audit-rights.js';
import { AuditQuery } from './audit.query.dto.js';

const COLUMNS = ['recorded_at', 'log', 'what', 'person_id', 'person', 'reference', 'place'];
/** A file of more lines than this is asked for in parts, by dates. */
const MOST_LINES = 20_000;
const LINES_A_QUERY = 1_000;

/** Who did what, and when: across all cases and the administration. Never what was written. */
@ApiExcludeController()
@Controller('admin/audit')
export class AuditPages {
  constructor(private readonly search: AuditSearch) {}

  @Get()
  async page(@Query() query: AuditQuery, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    mayRead(me, 'read-audit');
    const [{ items, next }, kinds] = await Promise.all([answering(() => this.search.page(query)), this.search.kinds()]);
    const _ = wordsOf(response);
    const filter = withoutPlace(query);
    response.render('audit/views/audit.njk', {
      title: 'Audit',
      dense: true,
      items: items.map((item) => ({ ...item, words: titleOf(item, _) })),
      filter,
      kinds: [...kinds.case, ...kinds.admin, LOOKED]
        .map((kind) => ({ value: kind, text: titleOf({ kind }, _) }))
        .sort((a, b) => a.text.localeCompare(b.text)),
      // An administrator sees that something happened on a case, and cannot open it.
      opensCases: isCaseStaff(me.person.roles),
      next: next && addressOf({ ...filter, cursor: next }),
      csv: addressOf(filter, '/admin/audit/audit.csv'),
    });
  }

  /** Every line that the filter finds, in the order of the page, up to a number that a spreadsheet still opens. */
  @Get('audit.csv')
  async csv(@Query() query: AuditQuery, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    mayRead(me, 'read-audit');
    const lines: string[][] = [COLUMNS];
    let cursor: string | null | undefined;
    do {
      const asked = { ...withoutPlace(query), limit: LINES_A_QUERY, ...(cursor && { cursor }) };
      const { items, next } = await answering(() => this.search.page(asked));
      lines.push(...items.map(lineOf));
      cursor = next;
    } while (cursor && lines.length <= MOST_LINES);
    response
      .setHeader('Content-Type', 'text/csv; charset=utf-8')
      .setHeader('Content-Disposition', 'attachment; filename="audit.csv"')
      .send(csvText(lines));
  }
}

const titleOf = ({ kind }: Pick<AuditEntry, 'kind'>, _: Translate): string =>
  kind === LOOKED ? _('Looked at the case') : _((TITLES as Record<string, string>)[kind] ?? kind.replaceAll('_', ' '));

const lineOf = ({ at, source, kind, person, reference, place }: AuditEntry): string[] => [
  ...[at, source, kind],
  ...[person?.id ?? '', person?.name ?? '', reference ?? '', place],
];

function withoutPlace({ source, person, reference, kind, from, to }: AuditQuery): AuditFilter {
  return { source, person, reference, kind, from, to };
}

function addressOf(filter: AuditFilter, path = '/admin/audit'): string {
  const values = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
  return `${path}?${new URLSearchParams(values.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}
