import { DOORS } from '#libs/case-reading/access-log.js';
import type { AccessEntry } from '#libs/case-reading/access-log.js';
import type { CallDue } from '#libs/case-reading/calls.js';
import type { CaseListItem } from '#libs/case-reading/case-list.js';
import type { CountedDays } from '#libs/case-reading/clock-explanations.js';
import type { OrganisationName } from '#libs/case-reading/case-record.js';
import type { ClockView } from '#libs/case-reading/clock-views.js';
import type { TimelineEntry } from '#libs/case-reading/timeline.js';
import { FIELD_GROUPS, GROUNDS } from '#libs/domain/access/visible-fields.js';
import { WHEN_DUE } from '#libs/domain/case/clock-policy.js';
import { VERBS } from '#libs/domain/case/commands/index.js';
import { CALENDAR_ANSWERS } from './calendar-answers.js';
import { DOCUMENT_ANSWERS } from './document-answers.js';
import { MAIL_ANSWERS } from './mail-answers.js';
import { MAIL_RULES_ANSWERS } from './mail-rules-answers.js';
import { MESSAGE_ANSWERS } from './message-answers.js';
import { PEOPLE_ANSWERS } from './people-answers.js';
import type { PolicyDraft } from '../policies/policy-drafts.js';
import type { VersionView } from '../policies/policy-shelf.js';
import type { FieldError, Problem } from '../problems/problem.js';
import { CASE, CASE_HEAD } from './case-answer.js';
import { EXPLANATION, EXPLANATION_PARTS } from './explanation-answer.js';
import { anything, instant, list, number, oneOf, orNull, ref, shape, text, truth, uuid, whole } from './schema.js';
import type { Schema } from './schema.js';

const PERSON = shape<{ id: string; name: string }>({ id: uuid, name: text });

const CLOCK = shape<ClockView>(
  {
    name: text,
    title: text,
    subject: text,
    subjectName: text,
    cycle: whole,
    state: oneOf(['running', 'paused', 'met', 'breached', 'stopped']),
    startedAt: instant,
    dueAt: orNull(instant),
    firstDueAt: {
      ...orNull(instant),
      description: 'The deadline as it stood at the start; null when the clock began paused',
    },
    openSecondsLeft: { oneOf: [number, { type: 'null' }], description: 'Open time left; below zero when it is late' },
    daysLeft: {
      oneOf: [whole, { type: 'null' }],
      description: 'Civil days left of a clock promised in days; below zero when late',
    },
    target: anything,
    near: truth,
    stoppedAt: orNull(instant),
    breachedAt: orNull(instant),
    pausedSince: orNull(instant),
    pauseReasons: list(text),
    breach: orNull(oneOf(['standing', 'rescinded', 'excused'])),
    sovereign: truth,
    whenDue: { ...oneOf(WHEN_DUE), description: 'What happens at the deadline' },
    stoppedBy: { ...list(oneOf(VERBS)), description: 'Verbs that stop it, whoever may use them' },
  },
  ['subject', 'subjectName'],
);

const LIST_ITEM = shape<CaseListItem>({
  ...CASE_HEAD,
  state: text,
  stateName: text,
  openedAt: instant,
  touchedAt: instant,
  awaiting: orNull(text),
  nextStep: orNull(text),
  needTypes: list(text),
  nearest: orNull(
    shape<NonNullable<CaseListItem['nearest']>>({
      name: text,
      title: text,
      dueAt: instant,
      openSecondsLeft: number,
      daysLeft: { oneOf: [whole, { type: 'null' }] },
      near: truth,
    }),
  ),
  paused: truth,
  handedToYou: truth,
  calls: {
    ...list(
      shape<CallDue>({
        side: oneOf(['requester', 'responder']),
        organisation: orNull(ref('OrganisationName')),
        since: orNull(instant),
        yours: { ...truth, description: 'Whether you may log the contact' },
      }),
    ),
    description: 'Sides that no mail reaches and that are to be called; for coordinators',
  },
  invitation: orNull(text),
});

const TIMELINE_ENTRY = shape<TimelineEntry>({
  version: whole,
  type: text,
  at: instant,
  recordedAt: instant,
  actor: orNull(ref('Person')),
  internal: truth,
  facts: anything,
  words: { type: 'object', additionalProperties: { oneOf: [text, list(text)] } },
});

const ACCESS_ENTRY = shape<AccessEntry>({
  id: text,
  at: instant,
  person: ref('Person'),
  organisation: orNull(ref('OrganisationName')),
  fields: { ...list(oneOf(FIELD_GROUPS)), description: 'Groups of fields that were open to them' },
  why: { ...list(oneOf(GROUNDS)), description: 'How they stood to the case, or that they had opened it with a reason' },
  door: oneOf(DOORS),
});

const FIELD_ERROR = shape<FieldError>({ field: text, message: text });
const PROBLEM: Schema = {
  ...shape<Pick<Problem, 'type' | 'title' | 'status' | 'detail' | 'instance' | 'errors' | 'requestId'>>(
    {
      type: { type: 'string', description: 'A stable code, such as /problems/validation' },
      title: text,
      status: whole,
      detail: text,
      instance: text,
      errors: list(ref('FieldError')),
      requestId: text,
    },
    ['detail', 'errors'],
  ),
  additionalProperties: true,
};

const ORGANISATION_NAME = shape<OrganisationName>({ id: text, code: text, name: text });

const POLICY_VERSION = shape<VersionView>({
  version: whole,
  effectiveFrom: { ...orNull(instant), description: 'Null: from the beginning' },
  recordedAt: orNull(instant),
  author: orNull(ref('Person')),
  reason: orNull(text),
  inForce: { type: 'boolean', description: 'A request that is submitted now goes by it' },
  ahead: { type: 'boolean', description: 'Published, and not begun yet' },
  openCases: whole,
  clocks: list(anything),
});

const POLICY_DRAFT = shape<PolicyDraft>({
  id: uuid,
  title: text,
  basedOn: whole,
  clocks: list(anything),
  revision: whole,
  author: ref('Person'),
  updatedAt: instant,
});

/** Every answer that has a name in the contract. */
export const ANSWERS: Record<string, Schema> = {
  AccessEntry: ACCESS_ENTRY,
  Case: CASE,
  CaseListItem: LIST_ITEM,
  Clock: CLOCK,
  CalendarVersion: shape<CountedDays['calendar']>({ id: text, version: whole, timezone: text }),
  ...EXPLANATION_PARTS,
  ...CALENDAR_ANSWERS,
  ...PEOPLE_ANSWERS,
  ...DOCUMENT_ANSWERS,
  ...MAIL_ANSWERS,
  ...MESSAGE_ANSWERS,
  ClockExplanation: { allOf: [ref('Clock'), EXPLANATION] },
  FieldError: FIELD_ERROR,
  ...MAIL_RULES_ANSWERS,
  OrganisationName: ORGANISATION_NAME,
  Organisation: shape<OrganisationName & { kind: string }>({ id: uuid, code: text, name: text, kind: text }),
  Person: PERSON,
  PolicyDraft: POLICY_DRAFT,
  PolicyVersion: POLICY_VERSION,
  Problem: PROBLEM,
  TimelineEntry: TIMELINE_ENTRY,
};
