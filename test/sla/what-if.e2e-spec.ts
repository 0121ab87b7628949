import { readLog, toLogged } from '#libs/case-store/event-log.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { Command } from '#libs/database/entities/command.entity.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { parseCivilDate, weekdayOf } from '#libs/domain/calendar/civil.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import type { DraftRule } from '#libs/domain/case/what-if.js';
import { applyPolicyTo } from '#libs/rule-book/apply-policy.js';
import { publishCalendar } from '#libs/rule-book/publish-calendar.js';
import { publishPolicy } from '#libs/rule-book/publish-policy.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { runWhatIf } from '#libs/rule-book/what-if.js';
import type { CaseChange } from '#libs/rule-book/what-if.js';
import { CaseWorld } from '../support/case-world.js';
import { inDays } from '../support/days.js';
import { actor } from '../support/people.js';

const CASES = 240;
const DAY_MS = 86_400_000;
const NOW = Date.now();

const clocks: ClockPolicy[] = DELIVERED_CLOCKS.map((clock) => {
  if (clock.name === 'acknowledge') return { ...clock, target: { workingDays: 1, at: 'close' } };
  if (clock.name === 'verify') return { ...clock, target: { workingDays: 9, at: 'close' } };
  return clock;
});
const holidays = Array.from({ length: 9 }, (_, index) => inDays(index + 1)).filter(
  (date) => !['sat', 'sun'].includes(weekdayOf(parseCivilDate(date) ?? 0)),
);

/** What each case shows of each clock: `CCM-… acknowledge  1: breached 2026-11-26T16:00:00.000Z`. */
type Shown = Map<string, string>;

const shownAs = (state: string, dueAt: Date | number | null): string =>
  `${state} ${dueAt === null ? '–' : new Date(dueAt).toISOString()}`;

const foretold = (before: Shown, changes: readonly CaseChange[]): Shown => {
  const after = new Map(before);
  for (const { reference, clock, subject, cycle, after: other } of changes)
    if (other) after.set(`${reference} ${clock} ${subject} ${cycle}`, shownAs(other.state, other.dueAt));
  return after;
};

describe('rules edited while many cases run', () => {
  let world: CaseWorld;
  let changesOfRules: RuleChanges;
  beforeAll(async () => {
    world = await CaseWorld.create();
    changesOfRules = new RuleChanges(world.dataSource);
    for (let index = 0; index < CASES; index += 1) {
      const receivedAt = NOW - (index % 11) * DAY_MS - index * 60_000;
      const { caseId } = await world.open({ receivedAt });
      if (index % 3)
        await world.send(
          'coordinator',
          caseId,
          { verb: 'acknowledge', body: { message: 'Yes.' } },
          receivedAt + 60_000,
        );
      await world.store.wake(caseId, NOW);
    }
  }, 300_000);
  afterAll(() => world.close());

  const manager = () => world.dataSource.manager;
  const ask = (draft: DraftRule) => runWhatIf(world.dataSource, draft, 'from_now', { now: NOW });
  const shown = async (): Promise<Shown> => {
    const rows = await manager().find(CaseClock);
    const cases = new Map((await manager().find(AssistanceCase)).map(({ id, reference }) => [id, reference]));
    return new Map(
      rows.map(({ caseId, name, subject, cycle, state, dueAt }) => [
        `${cases.get(caseId)} ${name} ${subject} ${cycle}`,
        shownAs(state, dueAt),
      ]),
    );
  };
  const sorted = (all: Shown): string[] => [...all].map(([key, value]) => `${key}: ${value}`).sort();
  const publication = (basedOn: number) => ({
    basedOn,
    authorId: actor('lead').personId,
    reason: 'The meeting asked for it.',
  });

  it('E07: nothing moves until a policy is applied; the preview lists every change first; applying moves exactly those; each is logged', async () => {
    const before = await shown();
    const { lookedAt, changes } = await ask({ clocks });
    expect(lookedAt).toBe(CASES);
    expect(new Set(changes.map(({ clock }) => clock))).toEqual(new Set(['acknowledge', 'verify']));
    expect(new Set(changes.flatMap(({ kinds }) => kinds))).toEqual(
      new Set(['deadline', 'verdict', 'breach', 'target']),
    );
    expect(sorted(await shown())).toEqual(sorted(before));

    const version = await publishPolicy(world.dataSource, { clocks, ...publication(1) });
    for (const { id } of await manager().find(AssistanceCase)) await world.store.wake(id, NOW);
    expect(sorted(await shown())).toEqual(sorted(before));

    const references = (await manager().find(AssistanceCase, { order: { id: 'ASC' } })).map(
      ({ reference }) => reference,
    );
    const chosen = references.filter((_, index) => index % 2 === 0);
    const { authorId, reason } = publication(1);
    await applyPolicyTo(world.dataSource, world.desk, { version, cases: chosen, reason, authorId, key: 'apply' });
    await manager().update(Command, { verb: 'apply-policy' }, { receivedAt: new Date(NOW) });
    await changesOfRules.relayApplications(async (caseId, { commandId }) => {
      await world.store.apply(caseId, commandId, NOW);
      return true;
    }, CASES);

    const expected = foretold(
      before,
      changes.filter(({ reference }) => chosen.includes(reference)),
    );
    expect(sorted(await shown())).toEqual(sorted(expected));
    for (const { id, reference } of await manager().find(AssistanceCase)) {
      const applied = (await readLog(manager(), id)).map(toLogged).filter(({ type }) => type === 'policy_applied');
      expect({ reference, applied: applied.map(({ body, actorId }) => [body, actorId]) }).toEqual({
        reference,
        applied: chosen.includes(reference) ? [[expect.objectContaining({ version }), authorId]] : [],
      });
    }
  }, 300_000);

  it('publishing a calendar gives exactly the deadlines that were listed', async () => {
    const before = await shown();
    const calendar = { ...GENEVA, version: GENEVA.version + 1, holidays: [...GENEVA.holidays, ...holidays] };
    const { changes } = await ask({ calendar });
    expect(changes.length).toBeGreaterThan(0);
    expect(new Set(changes.flatMap(({ kinds }) => kinds))).toEqual(new Set(['deadline']));
    await publishCalendar(world.dataSource, { title: 'Geneva', calendar, ...publication(GENEVA.version) });
    expect(sorted(await shown())).toEqual(sorted(before));
    const marked = await changesOfRules.relayMarks((caseId) => world.store.wake(caseId, NOW), CASES);
    expect(marked).toBe(CASES);
    expect(sorted(await shown())).toEqual(sorted(foretold(before, changes)));
  }, 300_000);

  it('tells how many cases there are, and can be given up', async () => {
    const seen: number[] = [];
    const abort = new AbortController();
    const asked = runWhatIf(world.dataSource, { clocks: [...DELIVERED_CLOCKS] }, 'always', {
      signal: abort.signal,
      onProgress: ({ total }) => {
        seen.push(total);
        abort.abort();
      },
    });
    await expect(asked).rejects.toThrow('abort');
    expect(seen).toEqual([CASES]);
  });
});
