import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditSearch } from '#libs/audit/audit-search.js';
import type { AuditEntry } from '#libs/audit/audit-search.js';
import { AUDIT_SOURCES } from '#libs/audit/audit-sources.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, instant, oneOf, orNull, pageOf, shape, text, uuid } from '../openapi/schema.js';
import { mayRead } from './audit-rights.js';
import { AuditQuery } from './audit.query.dto.js';

const ENTRY = shape<AuditEntry>({
  at: instant,
  source: oneOf(AUDIT_SOURCES),
  kind: text,
  person: orNull(shape<{ id: string; name: string }>({ id: uuid, name: text })),
  reference: orNull(text),
  place: text,
});

/** What is on record, for programs. */
@ApiTags('deployment')
@ApiBearerAuth()
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly search: AuditSearch) {}

  @Get()
  @ApiOperation({
    operationId: 'searchAudit',
    summary: 'Who did what and when, on cases and in the administration, newest first; never what was written',
  })
  @Answers(200, 'A page of entries', pageOf(ENTRY))
  page(@Query() query: AuditQuery, @CurrentPerson() me: SignedIn) {
    mayRead(me, 'read-audit');
    return answering(() => this.search.page(query));
  }
}
