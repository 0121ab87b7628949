import { canonicalJson } from '#libs/case-store/canonical-json.js';
import { brokenAt, toLogged } from '#libs/case-store/event-log.js';
import { saltedHash } from '#libs/case-store/hashes.js';
import { breachRows, participantRows } from '#libs/case-store/projection.js';
import type { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { awaiting } from '#libs/domain/case/awaiting.js';
import { fold } from '#libs/domain/case/evolve.js';
import type { CaseEvidence } from './case-batch.js';
import { found } from './finding.js';
import type { Finding } from './finding.js';

/**
 * Holds one case against its log, both ways: every event is what was written and somebody's step led to it, and
 * everything else that the database says of the case follows from an event.
 */
export function checkCase(evidence: CaseEvidence): Finding[] {
  const { row, log } = evidence;
  const broken = brokenAt(log);
  // What a broken log would say of the rest is no evidence.
  if (broken !== null) return [found('chain', row.reference, 'chainBreaks', { version: broken })];
  if (log.length !== row.version || !log.length)
    return [found('chain', row.reference, 'eventsMissing', { row: row.version, log: log.length })];
  return [
    ...checkProjection(evidence),
    ...checkCommands(evidence),
    ...checkForm(evidence),
    ...checkTexts(evidence),
    ...evidence.mailed
      .filter((version) => version < 1 || version > log.length)
      .map((version) => found('mail', row.reference, 'mailWithoutEvent', { version })),
  ];
}

/** The row, the participants and the missed deadlines are what the events add up to. */
function checkProjection({ row, log, participants, breaches }: CaseEvidence): Finding[] {
  const events = log.map(toLogged);
  const state = fold(events, row.id);
  const [first, last] = [log[0] as CaseEvent, log.at(-1) as CaseEvent];
  const expected = {
    stage: state.stage,
    sideState: state.sideState,
    priority: state.priority,
    ownerId: state.ownerId,
    awaiting: awaiting(state),
    touchedAt: last.recordedAt,
    openedAt: first.effectiveAt,
    requestingState: first.body['requestingState'],
  };
  const apart = Object.entries(expected)
    .filter(([field, value]) => !isSame(row[field as keyof typeof expected], value))
    .map(([field]) => field);
  // A field that a newer program has added to the state is not in the row before the next event.
  for (const [field, value] of Object.entries(row.state))
    if (field in state && !isSame(value, state[field as keyof typeof state])) apart.push(`state.${field}`);
  const findings = apart.map((field) => found('projection', row.reference, 'fieldApart', { field }));
  const pairs = (rows: readonly object[], fields: readonly string[]) =>
    rows.map((one) => canonicalJson(fields.map((field) => plain((one as Record<string, unknown>)[field])))).sort();
  const differ = (one: readonly object[], other: readonly object[], fields: readonly string[]) =>
    !isSame(pairs(one, fields), pairs(other, fields));
  if (differ(participants, participantRows(row.id, state), ['organisationId', 'status']))
    findings.push(found('projection', row.reference, 'participantsApart'));
  if (differ(breaches, breachRows(row.id, events), BREACH_FIELDS))
    findings.push(found('projection', row.reference, 'breachesApart'));
  return findings;
}

const BREACH_FIELDS = [
  'clock',
  'subject',
  'cycle',
  'epoch',
  'cause',
  'dueAt',
  'recordedAt',
  'rescindedAt',
  'excusedAt',
];

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
/** As after a round trip through the database: what JSON leaves out does not count. */
const isSame = (one: unknown, other: unknown): boolean =>
  canonicalJson(JSON.parse(JSON.stringify(plain(one)))) === canonicalJson(JSON.parse(JSON.stringify(plain(other))));

/** Every step that was applied led to an event, and every event of a person comes from a step of theirs. */
function checkCommands({ row, log, commands }: CaseEvidence): Finding[] {
  const steps = new Set(commands.map(({ actorId, appliedAt }) => `${actorId} ${appliedAt.getTime()}`));
  return [
    ...commands
      .filter(({ version }) => !log[version - 1])
      .map(({ verb, version }) =>
        found('command', row.reference, 'commandWithoutEvent', { verb, version: version ?? 0 }),
      ),
    ...log
      .filter(({ actorId, recordedAt }) => actorId !== null && !steps.has(`${actorId} ${recordedAt.getTime()}`))
      .map(({ version }) => found('command', row.reference, 'eventWithoutCommand', { version })),
  ];
}

/** The request is the one that was opened, or has been erased. */
function checkForm({ row, log, request }: CaseEvidence): Finding[] {
  if (!request || request.form === null) return [];
  const isOpened = saltedHash(request.salt, request.form) === log[0]?.body['formHash'];
  return isOpened ? [] : [found('text', row.reference, 'formChanged')];
}

/** Every text that an event names is the one that was written, or has been erased; there are no others. */
function checkTexts({ row, log, texts }: CaseEvidence): Finding[] {
  const byId = new Map(texts.map((text) => [text.id, text]));
  const findings: Finding[] = [];
  for (const { version, body } of log)
    for (const { textId, hash } of sealedIn(body)) {
      const text = byId.get(textId);
      byId.delete(textId);
      if (!text) findings.push(found('text', row.reference, 'textMissing', { version }));
      else if (text.content !== null && saltedHash(text.salt, text.content) !== hash)
        findings.push(found('text', row.reference, 'textChanged', { version }));
    }
  return [...findings, ...[...byId.values()].map(() => found('text', row.reference, 'textWithoutEvent'))];
}

function sealedIn(value: unknown): { textId: string; hash: string }[] {
  if (value === null || typeof value !== 'object') return [];
  if ('textId' in value && 'hash' in value) return [value as { textId: string; hash: string }];
  return Object.values(value).flatMap(sealedIn);
}
