import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as events from '#libs/domain/case/events.js';
import { FOUND } from '#libs/audit/finding.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { LIFECYCLE } from '#libs/domain/case/lifecycle.js';
import * as form from '#libs/domain/case/request-form.js';
import { SIDE_STATES, STAGES } from '#libs/domain/case/stages.js';
import { TEMPLATE_FAULTS } from '#libs/mail-templates/validate.js';
import { REGIONS } from '#libs/standing-offers/offer-facts.js';
import { REASONS } from '#libs/documents/reasons.js';
import { ROLE_SENTENCES, ROLE_WORDS } from '#libs/people/role-words.js';
import { CHOSEN_TITLES, DELIVERED_TITLES } from '#libs/rule-book/calendar-titles.js';
import { ANSWERS, ASKS } from '../../apps/api/src/answer/answer-words.js';
import { UNKNOWN_COLLEAGUE } from '../../apps/api/src/answer/answer-form.js';
import { GONE_TITLES } from '../../apps/api/src/answer/answer.pages.js';
import { ACCESS_WORDS } from '../../apps/api/src/cases/access-words.js';
import { CONTACT_WORDS } from '../../apps/api/src/cases/contacts-model.js';
import { OWN_CLOCKS } from '../../apps/api/src/cases/case-models.js';
import { DECLINE_WORDS } from '../../apps/api/src/cases/decline-words.js';
import { CHANNELS, ESCALATED, TITLES, WORD_LABELS } from '../../apps/api/src/cases/event-titles.js';
import { TARGET_RULES } from '../../apps/api/src/cases/explanation-model.js';
import type { Choice, Field } from '../../apps/api/src/cases/forms/field.js';
import { FORMS } from '../../apps/api/src/cases/forms/index.js';
import { REFUSALS } from '../../apps/api/src/cases/refusal-words.js';
import * as state from '../../apps/api/src/cases/state-words.js';
import { LABELS } from '../../apps/api/src/cases/timeline-kinds.js';
import * as documents from '../../apps/api/src/documents/document-words.js';
import { ACCOUNT_DONE, METHODS } from '../../apps/api/src/identity/account.pages.js';
import { PASSWORD_FAULTS, REFUSED } from '../../apps/api/src/identity/refused-words.js';
import { LOGINS } from '../../apps/api/src/identity/sign-in.pages.js';
import { PAUSES, SUBJECTS, WAITS, WHEN_DUE_WORDS } from '../../apps/api/src/layout/rendering.js';
import { DECISION_DONE, REASON_WANTED } from '../../apps/api/src/mail/decisions.pages.js';
import { LEDGER_WORDS } from '../../apps/api/src/mail/mail-words.js';
import { MAIL_RULE_WORDS } from '../../apps/api/src/mail-rules/mail-rules-words.js';
import { APPLY_ERRORS } from '../../apps/api/src/policies/apply.pages.js';
import { ERROR_WORDS, STEP_ERROR_WORDS } from '../../apps/api/src/policies/clock-errors.js';
import { RHYTHM_WORDS } from '../../apps/api/src/mail-preferences/rhythm-words.js';
import { NOT_ANSWERED, REPLY_WANTED } from '../../apps/api/src/inbox/inbox.pages.js';
import { DIGEST_WORDS } from '#libs/mail/digest-words.js';
import { NO_SUCH_DIGEST } from '../../apps/api/src/mail-preferences/unsubscribe.pages.js';
import { FORM_WORDS } from '../../apps/api/src/policies/clock-page.js';
import { CHANGED } from '../../apps/api/src/policies/drafts.pages.js';
import { POLICY_WORDS } from '../../apps/api/src/policies/policy-words.js';
import { PUBLISH_ERRORS } from '../../apps/api/src/policies/publish.pages.js';
import * as templates from '../../apps/api/src/mail-templates/template-words.js';
import { NO_SUCH_INVITATION } from '../../apps/api/src/people/welcome.pages.js';
import { CHANGED_MEANWHILE } from '../../apps/api/src/people/form-refusals.js';
import { ACCOUNT_WORDS, DONE_WORDS, KIND_WORDS } from '../../apps/api/src/people/people-words.js';
import { ACTION_WORDS, FIELD_WORDS } from '../../apps/api/src/people/role-table-words.js';
import { roleTable, SCOPE_WORDS } from '../../apps/api/src/people/role-table.js';
import { MESSAGE_WORDS } from '../../apps/api/src/replies/message-words.js';
import { QUEUE_TITLES } from '../../apps/api/src/queue/queue.pages.js';
import { OFFER_WORDS } from '../../apps/api/src/standing-offers/offer-words.js';
import { DECLARATION, SECTIONS } from '../../apps/api/src/requests/sections.js';
import { OTHERS, RULE_BOOK, UNSAID } from './page-word-sources.js';

const SOURCES = resolve(__dirname, '../../apps/api/src');
const LIBRARY = resolve(__dirname, '../../libs/i18n');

/** Folders whose quoted sentences reach pages as values of `_`: titles of pages, problems, remedies, steps. */
const SPOKEN = /(?:title|detail|text|remedy|explains|step|done): '((?:[^'\\]|\\.)*)'/g;
const CALLED = /\b_\(\s*'((?:[^'\\]|\\.)*)'/g;
const FACTS = /\bfact\('((?:[^'\\]|\\.)*)'/g;
/** `['{label}: …', { … }]` of the error words, and titles of problems in a table. */
const TUPLES = /\[\s*'(\{label\}[^']*)'|\[\s*'[a-z-]+',\s*'([A-Z][^']*)'\]/g;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const quoted = (source: string, pattern: RegExp): string[] =>
  [...source.matchAll(pattern)].map(([, one, other]) => (one ?? other ?? '').replaceAll("\\'", "'"));

/** Everything that pages say, by its English text: what templates and code quote, and the words of the domain. */
export function pageWords(): string[] {
  const said = new Set([...fromSources(), ...fromTables(), ...fromForms()]);
  said.delete('');
  return [...said].filter((words) => /\p{L}/u.test(words)).sort();
}

function fromSources(): string[] {
  const templates = filesIn(SOURCES).filter((file) => file.endsWith('.njk'));
  const code = [...filesIn(SOURCES), ...filesIn(LIBRARY)].filter(
    (file) =>
      file.endsWith('.ts') && !/(\.dto|spec)\.ts$|openapi|controller|command-body|case-problems|refusals/.test(file),
  );
  return [
    ...templates.flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      return [...quoted(source, CALLED), ...quoted(source, FACTS)];
    }),
    ...OTHERS.flatMap((file) => quoted(readFileSync(join(SOURCES, file), 'utf8'), /'([A-Z][^']+ [^']*[.:])'/g)),
    ...quoted(readFileSync(join(SOURCES, 'queue/views/queue.njk'), 'utf8'), /or '([^']+)'/g),
    ...quoted(readFileSync(join(SOURCES, 'cases/views/fields.njk'), 'utf8'), /or '([A-Z][^']+)'/g),
    ...code.flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      return [...quoted(source, CALLED), ...quoted(source, TUPLES), ...quoted(source, SPOKEN)];
    }),
  ];
}

const codes = (all: readonly string[]): string[] => all.map((code) => code.replaceAll('_', ' ').replaceAll('-', ' '));

function fromTables(): string[] {
  return [
    ...Object.values(REASONS),
    documents.CHOOSE,
    ...[documents.DOCUMENTS_DONE, documents.STATE_WORDS, documents.LETTER_WORDS, documents.TYPE_WORDS].flatMap(
      (words) => Object.values(words),
    ),
    ...Object.values(LIFECYCLE).map(({ title }) => title),
    ...DELIVERED_CLOCKS.map(({ title }) => title),
    ...Object.values(TITLES),
    ...Object.values<string>(FOUND),
    ...Object.values(ESCALATED),
    ...Object.values(WORD_LABELS),
    ...LABELS,
    ...answerWords(),
    ...Object.values(REFUSALS),
    ...Object.values(OWN_CLOCKS),
    ...ACCESS_WORDS,
    ...CONTACT_WORDS,
    ...MESSAGE_WORDS,
    ...state.PROMISE_WORDS,
    ...state.SITUATION_WORDS,
    ...state.SENTENCE_WORDS,
    ...Object.values(state.WHO),
    ...RULE_BOOK.flatMap((file) =>
      quoted(readFileSync(resolve(LIBRARY, file), 'utf8'), /= *\n? *'([A-Z“][^']* [^']*)'/g),
    ),
    ...Object.values(DELIVERED_TITLES),
    ...Object.values(GENEVA.names ?? {}),
    ...['public', 'bank', 'optional', 'observance'],
    ...LOGINS.map(([, what]) => what),
    ...[
      ...Object.values(METHODS),
      ...Object.values(ACCOUNT_DONE),
      ...Object.values(PASSWORD_FAULTS),
      ...Object.values(REFUSED),
    ],
    ...Object.values(PAUSES),
    ...Object.values(WAITS),
    ...Object.values(WHEN_DUE_WORDS),
    ...Object.values(TARGET_RULES),
    ...SUBJECTS,
    ...Object.values(QUEUE_TITLES),
    ...Object.values(RHYTHM_WORDS),
    ...Object.values(DIGEST_WORDS).flat(),
    NO_SUCH_DIGEST,
    REPLY_WANTED,
    NOT_ANSWERED,
    ...[...LEDGER_WORDS, ...DECISION_DONE, REASON_WANTED],
    ...quoted(readFileSync(resolve(LIBRARY, '../mail/decisions.ts'), 'utf8'), /=\s*'([A-Z][^'\n]*\.)'/g),
    ...policyWords(),
    ...templateWords(),
    ...[...MAIL_RULE_WORDS, ...OFFER_WORDS, ...REGIONS],
    ...peopleWords(),
    ...quoted(readFileSync(resolve(LIBRARY, '../domain/case/next-step.ts'), 'utf8'), /'([A-Z][^']*)'/g),
    ...codes([...STAGES, ...SIDE_STATES]),
    ...codes(Object.entries(form).flatMap(([name, list]) => (UNSAID.includes(name) ? [] : (list as string[])))),
    ...codes([...events.NATIONAL_STEPS, ...events.OUTCOMES, ...events.FOLLOW_UPS, ...events.VERIFICATION_MEANS]),
    ...[
      'invited',
      'interested',
      'offered',
      'question',
      'declined',
      'requested',
      'given',
      'refused',
      'open',
      'accepted',
    ],
    ...['database', 'temporal', 'worker', 'mailer', 'smtp', 'storage', 'scanner', 'Day', 'Month', 'Year'],
  ];
}

/** What is said of answers by mail, and of how they came. */
const answerWords = (): string[] => [
  ...[CHANNELS, DECLINE_WORDS, GONE_TITLES].flatMap((words) => Object.values<string>(words)),
  ...Object.values(ASKS).flatMap(({ title, what }) => [title, what]),
  ...Object.values(ANSWERS).flatMap(({ button, follows }) => [button, follows]),
  ...[UNKNOWN_COLLEAGUE, 'Your answer is recorded'],
];

/** What is said of people and organisations: names of things, and refusals as the library words them. */
const peopleWords = (): string[] => [
  ...[ROLE_WORDS, ROLE_SENTENCES, KIND_WORDS, ACCOUNT_WORDS, DONE_WORDS, ACTION_WORDS, FIELD_WORDS].flatMap((words) =>
    Object.values<string>(words),
  ),
  ...roleTable().flatMap(({ title, rows }) => [title, ...rows.map(({ words }) => words)]),
  ...[...SCOPE_WORDS, NO_SUCH_INVITATION, CHANGED_MEANWHILE, 'People', 'Office'],
  ...['../people', '../standing-offers', '../mail-rules']
    .flatMap((folder) => filesIn(resolve(LIBRARY, folder)))
    .filter((file) => !file.endsWith('spec.ts'))
    .flatMap((file) => quoted(readFileSync(file, 'utf8'), /'([A-Z][^'\n]* [^'\n]*\.)'/g)),
];

/** What is said of the words of mails. */
const templateWords = (): string[] => [
  ...[TEMPLATE_FAULTS, templates.STATUS_WORDS, templates.TEMPLATE_FIELD_WORDS, templates.TEMPLATE_DONE].flatMap(
    (words) => Object.values<string>(words),
  ),
  templates.EDITED_MEANWHILE,
  'Deadlines on Action48',
];

const policyWords = (): string[] => [
  ...[...POLICY_WORDS, ...FORM_WORDS, CHANGED],
  ...[CHOSEN_TITLES, ERROR_WORDS, STEP_ERROR_WORDS, APPLY_ERRORS, PUBLISH_ERRORS].flatMap((words) =>
    Object.values<string>(words),
  ),
  ...['none', 'the whole case', 'no date: the number above', 'nothing in this row'],
];

function fromForms(): string[] {
  const commands = Object.values(FORMS).flatMap(({ title, button, explains, fields }) => [
    ...[title, button, explains],
    ...fields.flatMap(fieldWords),
  ]);
  const sections = SECTIONS.flatMap(({ title, intro = '', fields }) => [title, intro, ...fields.flatMap(fieldWords)]);
  return [...commands, ...sections, ...DECLARATION.flatMap(fieldWords)];
}

function fieldWords(field: Field): string[] {
  const choices: readonly Choice[] = 'choices' in field && typeof field.choices !== 'function' ? field.choices : [];
  return [field.label, field.hint ?? '', ...choices.filter(({ given }) => !given).map(({ text }) => text)];
}
