import type { EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { CaseParticipant } from '#libs/database/entities/case-participant.entity.js';
import { ClockBreach } from '#libs/database/entities/clock-breach.entity.js';
import { calendarAt } from '#libs/domain/calendar/calendar.js';
import { awaiting } from '#libs/domain/case/awaiting.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { clockRuns } from '#libs/domain/case/clock-runs.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import type { LoggedEvent } from '#libs/domain/case/events.js';
import { ENDED } from '#libs/domain/case/stages.js';
import { cycleKey } from '#libs/domain/case/state.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { upcoming } from '#libs/domain/case/wake.js';
import { instantAtElapsed, readClock } from '#libs/domain/clock/clock.js';
import { RUNNING_RELEASE } from '#libs/zone-data/running-release.js';

const WARN_SHARE = 0.75;
const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Every row that is derived from a case's log; `now` (epoch ms) decides only what is already late or paused. */
export function project(caseId: string, log: readonly LoggedEvent[], state: CaseState, rules: CaseRules, now: number) {
  const runs = clockRuns(log, rules);
  const clocks = runs.map((run) => clockRow(caseId, run, now));
  const standing = clocks.filter((_, index) => isRisk(runs[index], state));
  const nearest = standing.filter(({ dueAt }) => dueAt).sort((a, b) => Number(a.dueAt) - Number(b.dueAt))[0];
  const soon = standing.flatMap(({ soonAt }) => (soonAt ? [soonAt.getTime()] : []));
  const next = upcoming(log, runs, state, rules, now);
  const nextWakeAt = next?.at ?? null;
  const over = state.stage === 'closed' || (state.sideState !== null && ENDED.includes(state.sideState));
  const row = {
    version: log.length,
    stage: state.stage,
    sideState: state.sideState,
    priority: state.priority,
    ownerId: state.ownerId,
    awaiting: awaiting(state),
    touchedAt: date(log.at(-1)?.recordedAt ?? now) as Date,
    nearestDueAt: nearest?.dueAt ?? null,
    nearestClock: nearest?.name ?? null,
    soonAt: soon.length ? new Date(Math.min(...soon)) : null,
    paused: clocks.some((clock, index) => !runs[index]?.over && clock.state === 'paused'),
    ended: over && nextWakeAt === null,
    nextWakeAt: date(nextWakeAt),
    state,
  };
  return {
    row,
    runs,
    clocks,
    participants: participantRows(caseId, state),
    breaches: breachRows(caseId, log),
    waitsFor: next?.what ?? null,
  };
}

export type Projection = ReturnType<typeof project>;

/** Replaces the derived rows of a case. */
export async function writeProjection(manager: EntityManager, caseId: string, projection: Projection): Promise<void> {
  await manager.update(AssistanceCase, caseId, projection.row);
  await removeVanishedClocks(manager, caseId, projection);
  const { clocks, participants, breaches } = projection;
  await upsert(manager, CaseClock, clocks, ['caseId', 'name', 'subject', 'cycle']);
  await removeExcludedParties(manager, caseId, projection);
  await upsert(manager, CaseParticipant, participants, ['caseId', 'organisationId']);
  await upsert(manager, ClockBreach, breaches, ['caseId', 'clock', 'subject', 'cycle', 'epoch']);
}

/** PostgreSQL takes 65,535 values a statement, and a case that was paused thousands of times has as many cycles. */
const ROWS_A_STATEMENT = 2_000;

async function upsert<Row extends object>(
  manager: EntityManager,
  entity: new () => Row,
  rows: readonly object[],
  key: (keyof Row & string)[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const part = rows.slice(from, from + ROWS_A_STATEMENT) as QueryDeepPartialEntity<Row>[];
    await manager.upsert(entity, part, key);
  }
}

/** Late-arriving proof may undo a cycle: what the log no longer shows goes. Breaches only ever grow. */
async function removeVanishedClocks(manager: EntityManager, caseId: string, { clocks }: Projection): Promise<void> {
  const keys = clocks.map(({ name, subject, cycle }) => `${name}|${subject}|${cycle}`);
  await manager.query(
    `DELETE FROM case_clock WHERE case_id = $1 AND name || '|' || subject || '|' || cycle <> ALL ($2)`,
    [caseId, keys],
  );
}

/** A party that the State has excluded is a participant no more; others never cease to be one. */
async function removeExcludedParties(
  manager: EntityManager,
  caseId: string,
  { row, participants }: Projection,
): Promise<void> {
  if (!row.state.excludedParties.length) return;
  await manager.query('DELETE FROM case_participant WHERE case_id = $1 AND organisation_id <> ALL ($2)', [
    caseId,
    participants.map(({ organisationId }) => organisationId),
  ]);
}

function clockRow(caseId: string, run: ClockRun, now: number) {
  const reading = readClock(run.cycle, run.calendar, now);
  const calendar = calendarAt(run.calendar, reading.stoppedAt ?? now);
  const soon = run.over ? null : instantAtElapsed(run.cycle, run.calendar, reading.targetMs * WARN_SHARE, now);
  return {
    caseId,
    name: run.policy.name,
    subject: run.subject,
    cycle: run.number,
    state: reading.state,
    startedAt: new Date(run.cycle.startedAt),
    dueAt: date(reading.dueAt),
    soonAt: date(soon),
    stoppedAt: date(reading.stoppedAt),
    breachedAt: date(reading.breachedAt),
    calendarId: calendar.id,
    calendarVersion: calendar.version,
    policyVersion: run.policyVersion,
    tzdb: RUNNING_RELEASE,
  };
}

/** A clock that somebody will be late on: it runs, can be breached, and no breach of it has been excused. */
function isRisk(run: ClockRun | undefined, { breaches }: CaseState): boolean {
  if (!run || run.over || run.policy.whenDue !== 'breach') return false;
  return breaches[cycleKey({ clock: run.policy.name, subject: run.subject, cycle: run.number })] !== 'excused';
}

export const participantRows = (caseId: string, { invitations }: CaseState) =>
  Object.entries(invitations).map(([organisationId, status]) => ({ caseId, organisationId, status }));

/** The ledger: a breach, and what followed it. An excuse and a rescission stand for every breach of their cycle. */
export function breachRows(caseId: string, log: readonly LoggedEvent[]) {
  const rows: QueryDeepPartialEntity<ClockBreach>[] = [];
  for (const { type, body, recordedAt } of log) {
    if (type !== 'clock_breached' && type !== 'breach_rescinded' && type !== 'breach_excused') continue;
    const { clock, subject, cycle } = body;
    if (type === 'clock_breached') {
      const { cause, epoch = 1, dueAt } = body;
      const dates = { dueAt: new Date(dueAt ?? recordedAt), recordedAt: new Date(recordedAt) };
      rows.push({ caseId, clock, subject, cycle, epoch, cause, ...dates, rescindedAt: null, excusedAt: null });
      continue;
    }
    const followed = type === 'breach_rescinded' ? 'rescindedAt' : 'excusedAt';
    const ofCycle = rows.filter((row) => row.clock === clock && row.subject === subject && row.cycle === cycle);
    for (const row of ofCycle) row[followed] ??= new Date(recordedAt);
  }
  return rows;
}
