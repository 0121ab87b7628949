import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Through } from '#libs/case-reading/access-log.js';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import type { CaseView } from '#libs/case-reading/case-view.js';
import { CaseOpening } from '#libs/case-store/case-opening.js';
import type { OpenedCase, Opening } from '#libs/case-store/case-opening.js';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import type { ReceivedCommand } from '#libs/case-store/command-desk.js';
import { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { CaseCommand, CommandVerb } from '#libs/domain/case/commands/index.js';
import { obstacleTo, possibleVerbs } from '#libs/domain/case/decide.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { crashPoint } from '#libs/observability/crash-point.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { CaseNotRunning, CommandRefused } from '#libs/temporal/update-errors.js';

/** How long an opening waits for the workflow's start before it leaves that to the relay. */
const START_DEADLINE_MS = 1_500;

/** What the doors (API and pages) do with a case: open it, send it a command, read it. */
@Injectable()
export class CaseDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly opening: CaseOpening,
    private readonly commands: CommandDesk,
    private readonly unstarted: UnstartedCases,
    private readonly reader: CaseReader,
    private readonly client: CaseClient,
  ) {}

  /** Accepted whenever PostgreSQL is up; the workflow is started now if Temporal answers, else by the relay. */
  async open(opening: Opening): Promise<OpenedCase> {
    const opened = await this.opening.open(opening);
    crashPoint('open.after_commit');
    if (opened.created) await this.startNow(opened.caseId, opened.version).catch(() => undefined);
    return opened;
  }

  /** The case as it stood right after a version, for one who may read it. */
  viewAt(reference: string, actor: Actor, version: number, through: Through): Promise<CaseView | null> {
    return this.reader.viewAt(reference, actor, version, through);
  }

  /**
   * Applies a command and returns the case right after it, as its sender sees it; the same key gives the same answer.
   * Null when there is no such case as far as this person may know.
   * @throws CommandRefused · KeyReused · WorkflowUnavailable
   */
  async send(
    reference: string,
    actor: Actor,
    key: string,
    command: CaseCommand,
    through: Through,
  ): Promise<CaseView | null> {
    const row = await this.reader.row(reference, actor);
    if (!row) return null;
    const received = await this.commands.receive(row.id, actor.personId, key, command);
    if (received.appliedVersion === null)
      await this.refuseUnlessPermitted(received.commandId, command.verb, row.state, actor);
    const version = received.appliedVersion ?? (await this.apply(row, received));
    return this.reader.viewAt(reference, actor, version, through);
  }

  /** What is not for this person at all is refused here, also while Temporal is away; the decider has the last word. */
  private async refuseUnlessPermitted(
    commandId: string,
    verb: CommandVerb,
    state: CaseState,
    actor: Actor,
  ): Promise<void> {
    const [code, reason] = obstacleTo(verb, state, actor) ?? [];
    if (code !== 'not_permitted') return;
    await this.commands.forget(commandId);
    throw new CommandRefused(code, reason ?? '', possibleVerbs(state, actor));
  }

  private async apply(row: AssistanceCase, command: ReceivedCommand): Promise<number> {
    const { commandId } = command;
    try {
      await this.deliver(row, command);
    } catch (error) {
      if (error instanceof CommandRefused) await this.commands.forget(commandId);
      throw error;
    }
    const version = await this.commands.appliedVersion(commandId);
    if (version === null) throw new Error('an applied command has no version');
    return version;
  }

  /** A case whose workflow has not started yet, or has ended because nothing could fall due, is started for this command. */
  private async deliver(row: AssistanceCase, command: ReceivedCommand): Promise<void> {
    try {
      await this.client.command(row.id, command);
    } catch (error) {
      if (!(error instanceof CaseNotRunning)) throw error;
      if ((await this.commands.appliedVersion(command.commandId)) !== null) return;
      await this.client.commandAndStart({ caseId: row.id, version: row.version }, command);
      await this.unstarted.markStarted(row.id);
    }
  }

  private async startNow(caseId: string, version: number): Promise<void> {
    await this.client.start({ caseId, version }, { deadlineMs: START_DEADLINE_MS });
    await this.unstarted.markStarted(caseId);
  }
}
