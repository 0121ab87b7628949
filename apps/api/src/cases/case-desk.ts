import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CommandSender } from '#libs/answering/command-sender.js';
import type { Through } from '#libs/case-reading/access-log.js';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import type { CaseView } from '#libs/case-reading/case-view.js';
import { CaseOpening } from '#libs/case-store/case-opening.js';
import type { OpenedCase, Opening } from '#libs/case-store/case-opening.js';
import { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { crashPoint } from '#libs/observability/crash-point.js';
import { CaseClient } from '#libs/temporal/case-client.js';

/** How long an opening waits for the workflow's start before it leaves that to the relay. */
const START_DEADLINE_MS = 1_500;

/** What the doors (API and pages) do with a case: open it, send it a command, read it. */
@Injectable()
export class CaseDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly opening: CaseOpening,
    private readonly sender: CommandSender,
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
    const version = await this.sender.send(row, actor, key, command);
    return this.reader.viewAt(reference, actor, version, through);
  }

  private async startNow(caseId: string, version: number): Promise<void> {
    await this.client.start({ caseId, version }, { deadlineMs: START_DEADLINE_MS });
    await this.unstarted.markStarted(caseId);
  }
}
