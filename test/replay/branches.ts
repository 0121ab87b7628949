import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import type { CalendarShift } from '../support/calendar-shift.js';
import type { CaseEngine } from '../support/case-engine.js';
import { eventually } from '../support/case-engine.js';
import { actor } from '../support/people.js';

/** A Tuesday morning on which nothing falls due. */
const TUESDAY = Date.parse('2026-11-24T10:00:00Z');
const DAY_MS = 86_400_000;

const acknowledge: CaseCommand = { verb: 'acknowledge', body: { message: 'We have it.' } };
const verify: CaseCommand = { verb: 'verify', body: { means: 'mission', evidence: 'A call.' } };
const take: CaseCommand = { verb: 'take', body: {} };
const ask: CaseCommand = { verb: 'return', body: { questions: ['Which ministry leads?'] } };
const resume: CaseCommand = { verb: 'resume', body: {} };
const withdraw: CaseCommand = { verb: 'withdraw', body: { reason: 'No longer needed.' } };
const suspend: CaseCommand = { verb: 'suspend', body: { reason: 'Elections.', reviewOn: '2026-11-25' } };

/** Lives short cases through, one for each branch of the case workflow, and says which runs they left behind. */
export class Branches {
  constructor(
    private readonly engine: CaseEngine,
    private readonly calendar: CalendarShift,
  ) {}

  /** Name of each branch with the case and run in which it was taken. */
  readonly all: Record<string, () => Promise<{ caseId: string; runId?: string }>> = {
    command: async () => this.lived([acknowledge]),
    refusal: async () => this.lived([verify, acknowledge]),
    'set-earlier': async () => this.lived([take, suspend]),
    tick: async () => {
      const { caseId } = await this.lived([acknowledge]);
      await this.engine.client.tick(caseId, 'tick');
      return { caseId };
    },
    'timer-rings': async () => {
      const caseId = await this.openBeforeWarning();
      await this.version(caseId, 2);
      return { caseId };
    },
    'timer-rings-for-nothing': async () => {
      const caseId = await this.openBeforeWarning();
      await this.send(caseId, acknowledge);
      const { armedAt } = await this.engine.client.standing(caseId);
      await eventually(async () => (await this.engine.client.standing(caseId)).armedAt !== armedAt);
      return { caseId };
    },
    'nothing-due': async () => {
      const { caseId } = await this.lived([acknowledge, verify, take, ask]);
      this.calendar.to(TUESDAY + 70 * DAY_MS);
      await this.engine.client.tick(caseId, 'tick');
      await this.engine.settled(caseId);
      await this.send(caseId, resume);
      return { caseId };
    },
    ended: async () => this.lived([withdraw]),
    'started-after-end': async () => {
      const { caseId } = await this.lived([withdraw]);
      const status = async () => (await this.handle(caseId).describe()).status.name;
      await eventually(async () => (await status()) === 'COMPLETED');
      const { desk, key } = this.engine.world;
      const command = await desk.receive(caseId, actor('lead').personId, key(), acknowledge);
      await this.engine.client.commandAndStart({ caseId, version: 2 }, command).catch(() => undefined);
      await eventually(async () => (await status()) === 'COMPLETED');
      return { caseId };
    },
    'never-received': async () => {
      const { caseId } = await this.lived([]);
      const unknown = { commandId: '00000000-0000-8000-a000-000000000000', updateId: 'unknown' };
      await this.engine.client.command(caseId, unknown).catch(() => undefined);
      return { caseId };
    },
    'goes-over': async () => {
      const { caseId } = await this.lived([take]);
      const { runId } = await this.handle(caseId).describe();
      await this.notesUntilNewRun(caseId, runId);
      return { caseId, runId };
    },
    'carried-on': async () => {
      const { caseId } = await this.lived([take]);
      await this.notesUntilNewRun(caseId, (await this.handle(caseId).describe()).runId);
      await this.send(caseId, acknowledge);
      return { caseId };
    },
  };

  private handle = (caseId: string) => this.engine.temporal.workflow.getHandle(caseWorkflowId(caseId));

  /** Opened on the Tuesday, and brought along by these commands; a refused one is part of it. */
  private async lived(commands: readonly CaseCommand[]): Promise<{ caseId: string }> {
    this.calendar.to(TUESDAY);
    const { caseId } = await this.engine.open({ receivedAt: this.calendar.now });
    for (const command of commands) await this.send(caseId, command).catch(() => undefined);
    return { caseId };
  }

  private async send(caseId: string, command: CaseCommand): Promise<void> {
    const who = command.verb === 'withdraw' ? 'focalPoint' : 'coordinator';
    await this.engine.send(who, caseId, command, undefined, this.calendar.now);
    await this.engine.settled(caseId);
  }

  /** A case whose first warning is three seconds away. */
  private async openBeforeWarning(): Promise<string> {
    const opened = await this.engine.world.open({ receivedAt: TUESDAY });
    const { manager } = this.engine.world.dataSource;
    const { nextWakeAt } = await manager.findOneByOrFail(AssistanceCase, { id: opened.caseId });
    this.calendar.to(Number(nextWakeAt) - 3_000);
    await this.engine.client.start(opened);
    await this.engine.settled(opened.caseId);
    return opened.caseId;
  }

  private version(caseId: string, version: number): Promise<void> {
    return eventually(async () => (await this.engine.client.standing(caseId)).version === version);
  }

  private async notesUntilNewRun(caseId: string, runId: string): Promise<void> {
    await eventually(async () => {
      await this.engine.note(caseId, 'A note.');
      return (await this.handle(caseId).describe()).runId !== runId;
    });
  }
}
