import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { CalendarShift } from '../support/calendar-shift.js';
import { CaseEngine } from '../support/case-engine.js';

// Two hundred Updates take their time on a busy machine.
jest.setTimeout(240_000);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const PAIRS = 100;
const PAUSE = 37 * SECOND + 500;
/** A Tuesday, 09:05 in Geneva; every pause lies within that day’s opening hours. */
const OPENED = Date.parse('2026-11-24T08:05:00Z');
const RESUMED: CaseCommand = { verb: 'resume', body: {} };
const SUSPENDED: CaseCommand = { verb: 'suspend', body: { reason: 'Elections.', reviewOn: '2027-01-15' } };

describe('a case that is suspended and resumed over and over', () => {
  let engine: CaseEngine;
  const calendar = new CalendarShift();
  beforeAll(async () => {
    engine = await CaseEngine.start({ around: calendar.around });
  });
  afterAll(() => engine.stop());

  const does = async (caseId: string, command: CaseCommand, at: number) => {
    calendar.to(at);
    await engine.send('coordinator', caseId, command, undefined, at);
  };
  const triage = (caseId: string) =>
    engine.world.dataSource.manager.findOneByOrFail(CaseClock, { caseId, name: 'triage' });
  const runOf = async (caseId: string): Promise<string> =>
    (await engine.temporal.workflow.getHandle(caseWorkflowId(caseId)).describe()).runId;

  it(`E05: ${PAIRS} times over several runs of its workflow keeps its open time to the millisecond`, async () => {
    calendar.to(OPENED);
    const { caseId } = await engine.open({ receivedAt: OPENED });
    const before: CaseCommand[] = [
      { verb: 'acknowledge', body: { message: 'We have it.' } },
      { verb: 'verify', body: { means: 'mission', evidence: 'Call of today.' } },
      { verb: 'take', body: {} },
    ];
    for (const command of before) await does(caseId, command, OPENED);
    const due = (await triage(caseId)).dueAt?.getTime() ?? 0;

    const runs = new Map<string, number>();
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const at = OPENED + (1 + 2 * pair) * MINUTE;
      await does(caseId, SUSPENDED, at);
      expect(await triage(caseId)).toMatchObject({ state: 'paused', dueAt: null });
      await does(caseId, RESUMED, at + PAUSE);
      const { state, dueAt } = await triage(caseId);
      // Each pause moves the deadline by itself and nothing else, whichever run of the workflow took it.
      const moved = (dueAt?.getTime() ?? 0) - due;
      expect({ pair, state, moved: openTimeMoved(moved) }).toEqual({
        pair,
        state: 'running',
        moved: (pair + 1) * PAUSE,
      });
      runs.set(await runOf(caseId), pair);
    }

    expect(runs.size).toBeGreaterThan(5);
    const { nextWakeAt, version } = await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, {
      id: caseId,
    });
    expect(version).toBe(4 + 2 * PAIRS);
    const standing = await engine.client.standing(caseId);
    expect(standing).toMatchObject({ version, status: 'open', wakeAt: Number(nextWakeAt) - calendar.ms });
    expect(await engine.world.dataSource.manager.countBy(Mail, { caseId, kind: 'warning' })).toBe(0);
  });
});

/** The deadline stood at closing time: what it moves by lies after the opening of the next working day. */
function openTimeMoved(moved: number): number {
  const NIGHT = 16 * 60 * MINUTE;
  return moved > 0 ? moved - NIGHT : moved;
}
