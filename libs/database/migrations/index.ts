import type { MigrationInterface } from 'typeorm';
import { InitialSchema1764000000000 } from './1764000000000-initial-schema.js';
import { ForeignKeys1764100000000 } from './1764100000000-foreign-keys.js';
import { ReadingIndexes1764200000000 } from './1764200000000-reading-indexes.js';
import { RulesAsData1764300000000 } from './1764300000000-rules-as-data.js';
import { LeaveAndWeekends1764400000000 } from './1764400000000-leave-and-weekends.js';
import { FigureIndexes1764600000000 } from './1764600000000-figure-indexes.js';
import { Accounts1764700000000 } from './1764700000000-accounts.js';
import { OtherWaysIn1764710000000 } from './1764710000000-other-ways-in.js';
import { AdminEvents1764720000000 } from './1764720000000-admin-events.js';
import { OrganisationsAndPeople1764721000000 } from './1764721000000-organisations-and-people.js';
import { AccessLog1764730000000 } from './1764730000000-access-log.js';
import { Checkpoints1764740000000 } from './1764740000000-checkpoints.js';
import { AuditSearch1764741000000 } from './1764741000000-audit-search.js';
import { MailLedgerComplete1764800000000 } from './1764800000000-mail-ledger-complete.js';
import { MailUnsubscribe1764810000000 } from './1764810000000-mail-unsubscribe.js';
import { StandingOffers1764830000000 } from './1764830000000-standing-offers.js';
import { AnswerTokens1764840000000 } from './1764840000000-answer-tokens.js';
import { InboundMail1764850000000 } from './1764850000000-inbound-mail.js';
import { MailTemplates1764860000000 } from './1764860000000-mail-templates.js';
import { CalendarFeeds1764861000000 } from './1764861000000-calendar-feeds.js';
import { MailDecisions1764870000000 } from './1764870000000-mail-decisions.js';
import { FailuresBeforeFollowUp1764880000000 } from './1764880000000-failures-before-follow-up.js';
import { Documents1764890000000 } from './1764890000000-documents.js';
import { FilesInTriage1764900000000 } from './1764900000000-files-in-triage.js';
import { UncertainMails1764910000000 } from './1764910000000-uncertain-mails.js';

/** In order; a migration that has shipped is never edited. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [
  InitialSchema1764000000000,
  ForeignKeys1764100000000,
  ReadingIndexes1764200000000,
  RulesAsData1764300000000,
  LeaveAndWeekends1764400000000,
  FigureIndexes1764600000000,
  Accounts1764700000000,
  OtherWaysIn1764710000000,
  AdminEvents1764720000000,
  OrganisationsAndPeople1764721000000,
  AccessLog1764730000000,
  Checkpoints1764740000000,
  AuditSearch1764741000000,
  MailLedgerComplete1764800000000,
  MailUnsubscribe1764810000000,
  StandingOffers1764830000000,
  AnswerTokens1764840000000,
  InboundMail1764850000000,
  MailTemplates1764860000000,
  CalendarFeeds1764861000000,
  MailDecisions1764870000000,
  FailuresBeforeFollowUp1764880000000,
  Documents1764890000000,
  FilesInTriage1764900000000,
  UncertainMails1764910000000,
];
