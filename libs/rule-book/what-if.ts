import type { DataSource } from 'typeorm';
import { countCases, streamCases } from '#libs/case-reading/case-stream.js';
import type { StreamedCase, StreamOptions } from '#libs/case-reading/case-stream.js';
import { subjectNames } from '#libs/case-reading/subject-names.js';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { directionOf } from '#libs/domain/case/clock-standing.js';
import type { CycleChange } from '#libs/domain/case/clock-standing.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import type { DraftRule, Question } from '#libs/domain/case/what-if.js';
import { changesOf, changesUnderZones, whatIf } from '#libs/domain/case/what-if.js';
import type { ZoneSource } from '#libs/domain/calendar/zone-source.js';

/** A cycle that would change, with the case that it belongs to. */
export interface CaseChange extends CycleChange {
  reference: string;
  stateName: string;
  stateTimezone: string;
  /** Whom or what the cycle is about, for people; empty when it is the case as a whole. */
  subjectName: string;
}

export interface WhatIfResult {
  /** Instant (epoch ms) as of which clocks were read. */
  at: number;
  lookedAt: number;
  /** Cases with at least one change. */
  cases: number;
  later: number;
  earlier: number;
  /** Changes of verdict: met, breached, running, … */
  verdicts: number;
  changes: CaseChange[];
}

export interface Progress {
  done: number;
  total: number;
}

export interface WhatIfOptions {
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal | undefined;
  /** As of which instant (epoch ms); default: now. */
  now?: number;
}

/** Nobody reads progress faster. */
const TOLD_EVERY_MS = 25;

/** Every change that a draft would make, over all cases or, for `from_now`, the open ones. Nothing is written. */
export async function runWhatIf(
  dataSource: DataSource,
  draft: DraftRule,
  question: Question,
  options: WhatIfOptions = {},
): Promise<WhatIfResult> {
  const rules = await readRules(dataSource.manager);
  const now = options.now ?? (await productNow(dataSource.manager));
  const what = whatIf(rules, draft, question, now);
  const open = question === 'from_now' ? [{ sql: 'NOT c.ended' }] : [];
  return lookThrough(dataSource, { ...options, now, where: open }, ({ log }) => changesOf(log, what));
}

/** Every open deadline that another release of the tz database would move (sla.md 2.6). Nothing is written. */
export async function runZonePreview(
  dataSource: DataSource,
  zones: ZoneSource,
  options: WhatIfOptions = {},
): Promise<WhatIfResult> {
  const rules: CaseRules = await readRules(dataSource.manager);
  const now = options.now ?? (await productNow(dataSource.manager));
  return lookThrough(dataSource, { ...options, now, where: [{ sql: 'NOT c.ended' }] }, ({ log }) =>
    changesUnderZones(log, rules, zones, now),
  );
}

async function lookThrough(
  { manager }: DataSource,
  { now, where, signal, onProgress }: WhatIfOptions & StreamOptions & { now: number },
  look: (one: StreamedCase) => CycleChange[],
): Promise<WhatIfResult> {
  const total = await countCases(manager, { where: where ?? [] });
  const nameOf = await subjectNames(manager);
  const result: WhatIfResult = { at: now, lookedAt: 0, cases: 0, later: 0, earlier: 0, verdicts: 0, changes: [] };
  onProgress?.({ done: 0, total });
  let since = Date.now();
  for await (const one of streamCases(manager, { where: where ?? [], signal })) {
    const changes = look(one);
    result.lookedAt += 1;
    if (changes.length)
      add(
        result,
        changes.map((change) => ({ ...change, ...shownOf(one), subjectName: nameOf(change, one.log) })),
      );
    if (Date.now() - since < TOLD_EVERY_MS) continue;
    onProgress?.({ done: result.lookedAt, total });
    since = Date.now();
  }
  onProgress?.({ done: result.lookedAt, total: Math.max(total, result.lookedAt) });
  result.changes.sort((a, b) => (a.reference < b.reference ? -1 : Number(a.reference > b.reference)));
  return result;
}

const shownOf = ({ reference, stateName, stateTimezone }: StreamedCase) => ({ reference, stateName, stateTimezone });

function add(result: WhatIfResult, changes: readonly CaseChange[]): void {
  result.cases += 1;
  for (const change of changes) {
    const direction = directionOf(change);
    if (direction) result[direction] += 1;
    if (change.kinds.includes('verdict')) result.verdicts += 1;
    result.changes.push(change);
  }
}
