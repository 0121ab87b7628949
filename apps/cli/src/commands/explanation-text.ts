import type { ClockExplanation } from '#libs/case-reading/clock-explanations.js';
import type { ClockMove } from '#libs/case-reading/clock-moves.js';
import type { ClockStepView } from '#libs/case-reading/clock-step-views.js';
import type { LateStep } from '#libs/case-reading/late-steps.js';
import { describeOpen } from '#libs/domain/clock/target.js';
import { cityOf, formatShort } from '#libs/i18n/dates.js';

const when = (at: string | null): string => (at === null ? 'no date' : formatShort(Date.parse(at), 'en'));
const open = (seconds: number): string => describeOpen(seconds * 1000);
const plain = (code: string): string => code.replaceAll('_', ' ');

/** One cycle of a clock in lines: its sentences, then what else is known of it in columns. Times are Geneva's. */
export function explanationText(item: ClockExplanation): string[] {
  const { title, subjectName, cycle, lines, moves, steps, lateSteps, elsewhere } = item;
  return [
    `${title}${subjectName ? `: ${subjectName}` : ''}, cycle ${cycle}`,
    ...lines.map(({ section, text }) => `  ${text} [${section}]`),
    ...part('How the date moved', ['When', 'Due after it', 'What'], moves.map(moveRow)),
    ...part('What it tells', ['When', 'Step', 'Whom', 'Done'], steps.map(stepRow)),
    ...part('What the ledger says', ['Due', 'Recorded', 'After', 'Status', 'Cause', 'Late by'], lateSteps.map(lateRow)),
    ...part(
      'The same instant elsewhere',
      ['Where', 'Local time'],
      elsewhere.map(({ timezone, local }) => [cityOf(timezone), local.replace('T', ' ').replace(/(:00)?\.000$/, '')]),
    ),
  ];
}

/** A heading and its rows in columns as wide as their longest entry; nothing where there are no rows. */
function part(heading: string, columns: readonly string[], rows: readonly string[][]): string[] {
  if (!rows.length) return [];
  const all = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `    ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd();
  return ['', `  ${heading}`, ...all.map(line)];
}

function moveRow(move: ClockMove): string[] {
  const { kind, event, actor, reason, pause, targetSeconds, policyVersion, calendar } = move;
  const what = [
    kind,
    ...(pause ? [`(${plain(pause)})`] : []),
    ...(targetSeconds === null ? [] : [`target ${open(targetSeconds)}`]),
    ...(policyVersion === null ? [] : [`policy version ${policyVersion}`]),
    ...(calendar ? [`${calendar.id} version ${calendar.version} (${calendar.timezone})`] : []),
    ...(event ? [`by ${plain(event)}`] : []),
    ...(actor ? [`of ${actor.name}`] : []),
    ...(reason ? [`“${reason}”`] : []),
  ];
  return [when(move.at), when(move.dueAt), what.join(' ')];
}

function stepRow({ at, kind, percent, level, to, recordedAt, mails }: ClockStepView): string[] {
  const name = percent === null ? (level === null ? plain(kind) : `level ${level}`) : `${percent} %`;
  const sent = mails.map((mail) => `${mail.to} ${mail.sentAt ? `sent ${when(mail.sentAt)}` : mail.state}`);
  const done = recordedAt === null ? 'still to come' : sent.join('; ') || `recorded ${when(recordedAt)}`;
  return [when(at), name, to.join(', '), done];
}

function lateRow({ dueAt, recordedAt, lagSeconds, status, cause, late, excused, rescinded }: LateStep): string[] {
  const by = `${open(late.openSeconds)} open, ${open(late.wallSeconds)} wall`;
  const why = excused?.reason ? `“${excused.reason}”` : rescinded?.proof ? `by event ${rescinded.proof.version}` : '';
  return [when(dueAt), when(recordedAt), open(lagSeconds), `${status} ${why}`.trim(), cause, by];
}
