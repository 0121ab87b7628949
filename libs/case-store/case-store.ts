import type { DataSource, EntityManager } from 'typeorm';
import type { CaseOutcome } from '#libs/contracts/case-workflow.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { CaseText } from '#libs/database/entities/case-text.entity.js';
import { Command } from '#libs/database/entities/command.entity.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { decide } from '#libs/domain/case/decide.js';
import type { EventBodies, LoggedEvent } from '#libs/domain/case/events.js';
import { Refusal } from '#libs/domain/case/refusal.js';
import { rescissions } from '#libs/domain/case/rescissions.js';
import { nextDue } from '#libs/domain/case/wake.js';
import { actorOf } from './actors.js';
import { holdRules } from './case-rules.js';
import { CaseFile } from './case-file.js';
import { decisionContext } from './decision-context.js';
import { writeMail } from './mail-rows.js';
import { clockOffsetMs } from './product-time.js';
import { followUp, leaveEmptyRungs } from './undelivered.js';
import { project, writeProjection } from './projection.js';
import { settleReplies } from './replies.js';

/** More due steps than this in one pass are left to the next one, so that a transaction stays short. */
const STEPS_PER_PASS = 50;

/** A stored command is not there: it was refused before under this very id, or never received. */
export class CommandNotReceived extends Error {
  override name = 'CommandNotReceived';
}

/** Something is still to happen to the case. */
export class NotEnded extends Error {
  override name = 'NotEnded';
}

/** What is done to a case under its lock; `now` is the deployment's (epoch ms). */
type Act = (manager: EntityManager, file: CaseFile, now: number) => void | Promise<void>;

/** The one transaction that changes a case: lock · decide · append · recompute clocks · project · write mail. */
export class CaseStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly messageIdDomain = 'action48.invalid',
  ) {}

  /**
   * Applies a stored command once. A repeat returns where the case stands and changes nothing.
   * @param workflowNow the workflow's own instant (epoch ms), to which the demo offset is added here and nowhere else
   * @throws Refusal when the rules say no · CommandNotReceived; nothing is written then
   */
  apply(caseId: string, commandId: string, workflowNow: number): Promise<CaseOutcome> {
    return this.change(caseId, workflowNow, async (manager, file, now) => {
      // Held until the end: an account that is disabled meanwhile takes back what it has not had applied.
      const command = await manager.findOne(Command, {
        where: { id: commandId, caseId },
        lock: { mode: 'for_no_key_update' },
      });
      if (!command) throw new CommandNotReceived('No such command has been received.');
      if (command.appliedAt) return;
      const actor = await actorOf(manager, command.actorId);
      if (!actor) throw new Refusal('not_permitted', 'This account is no longer active.');
      // What was received first counts first, but never before what has already taken effect.
      const effectiveAt = Math.max(file.state.lastCommandAt, Math.min(now, command.receivedAt.getTime()));
      // A deadline that passed before the command came, while nothing could record it, is missed all the same.
      // One that falls on the very instant is met by it (sla.md 2.4).
      recordDue(file, effectiveAt - 1, now);
      const { state } = file;
      const order = { verb: command.verb, body: command.body } as CaseCommand;
      const context = await decisionContext(manager, order, state, caseId, actor, effectiveAt, file.rules);
      file.append(decide(state, order, context), { effectiveAt, recordedAt: now, actorId: command.actorId });
      const undone = rescissions(file.log, file.state, file.rules, now);
      file.append(undone, { effectiveAt: now, recordedAt: now, actorId: null });
      await manager.update(Command, commandId, { appliedAt: new Date(now), resultVersion: file.version, body: null });
    });
  }

  /** Records what has fallen due: warnings, reminders, breaches, escalations, turns of the process. */
  wake(caseId: string, workflowNow: number): Promise<CaseOutcome> {
    return this.change(caseId, workflowNow, (_manager, file, now) => {
      recordDue(file, now, now, STEPS_PER_PASS);
    });
  }

  /**
   * Does what the mails of a case call for that have not reached anybody: the next contact is written to, the owner told.
   * Each is followed up once, whoever asks and however often.
   */
  followUp(caseId: string, workflowNow: number): Promise<CaseOutcome> {
    return this.change(caseId, workflowNow, followUp);
  }

  /**
   * Puts on the log that a class of data of a case is gone, and lets it be erased in the same transaction; false when the
   * log says so already. @throws NotEnded while anything can still happen to the case
   */
  async noteErasure(
    caseId: string,
    body: EventBodies['personal_data_erased'],
    workflowNow: number,
    erase: (manager: EntityManager, log: readonly LoggedEvent[]) => Promise<void>,
  ): Promise<boolean> {
    let done = false;
    await this.change(caseId, workflowNow, async (manager, file, now) => {
      const { ended } = await manager.findOneByOrFail(AssistanceCase, { id: caseId });
      if (!ended) throw new NotEnded('The case has not ended: its contacts and texts are still needed.');
      if (isErased(file.log, body.what)) return;
      await erase(manager, file.log);
      file.append([{ type: 'personal_data_erased', body }], { effectiveAt: now, recordedAt: now, actorId: null });
      done = true;
    });
    return done;
  }

  private change(caseId: string, workflowNow: number, act: Act): Promise<CaseOutcome> {
    return this.dataSource.transaction((manager) => this.changeIn(manager, caseId, workflowNow, act));
  }

  /**
   * Changes a case in a transaction of the caller's, who writes something beside its log in it (a document). No rule
   * decides: whether this may be is for the caller, on the state that `act` is given under the lock.
   */
  async changeIn(manager: EntityManager, caseId: string, realNow: number, act: Act): Promise<CaseOutcome> {
    // Before the row: a publication holds the rules while it marks the cases.
    const rules = await holdRules(manager);
    const row = await manager.findOneOrFail(AssistanceCase, {
      where: { id: caseId },
      // Rows that refer to the case may be written meanwhile: a command is received while another is applied.
      lock: { mode: 'for_no_key_update' },
    });
    const now = realNow + (await clockOffsetMs(manager));
    const file = await CaseFile.read(manager, caseId, rules);
    await act(manager, file, now);
    await leaveEmptyRungs(manager, file, now);
    return this.record(manager, file, row.reference, now);
  }

  /** Writes what was added to the file, with everything that follows from it. */
  async record(manager: EntityManager, file: CaseFile, reference: string, now: number): Promise<CaseOutcome> {
    const projection = project(file.caseId, file.log, file.state, file.rules, now);
    if (file.added.length || file.owed.length) {
      if (file.texts.length) await manager.insert(CaseText, file.texts);
      if (file.added.length) await manager.insert(CaseEvent, file.added as never);
      await writeMail(manager, file, projection, {
        reference,
        now: new Date(now),
        messageIdDomain: this.messageIdDomain,
      });
      await settleReplies(manager, file);
    }
    await writeProjection(manager, file.caseId, projection);
    const { ended, nextWakeAt, version, stage, sideState } = projection.row;
    return {
      version,
      status: ended ? 'ended' : 'open',
      wakeInMs: nextWakeAt ? Math.max(0, nextWakeAt.getTime() - now) : null,
      stage: sideState ?? stage,
      waitsFor: projection.waitsFor,
    };
  }

  /** Rewrites a case's derived rows from its log; `workflowNow` (epoch ms) as in `wake`, but nothing falls due. */
  rebuild(caseId: string, workflowNow = Date.now()): Promise<CaseOutcome> {
    return this.change(caseId, workflowNow, () => undefined);
  }
}

/** Whether the log says that this class is gone; a case that was reopened since has gathered it anew. */
function isErased(log: readonly LoggedEvent[], what: EventBodies['personal_data_erased']['what']): boolean {
  const reopened = log.findLastIndex(({ type }) => type === 'reopened');
  return log.slice(reopened + 1).some((event) => event.type === 'personal_data_erased' && event.body.what === what);
}

/** Adds what has fallen due by an instant (epoch ms), earliest first. */
function recordDue(file: CaseFile, by: number, recordedAt: number, most = Infinity): void {
  for (let step = 0; step < most; step += 1) {
    const due = nextDue(file.log, file.state, file.rules, by);
    if (!due) return;
    file.append(due.events, { effectiveAt: due.at, recordedAt, actorId: null });
  }
}
