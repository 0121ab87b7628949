import { DataSource } from 'typeorm';
import { CaseOpening } from '#libs/case-store/case-opening.js';
import type { Opening } from '#libs/case-store/case-opening.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import type { CaseOutcome } from '#libs/contracts/case-workflow.js';
import { databaseOptions } from '#libs/database/options.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { deedsUntil } from '#libs/demo/journey.js';
import type { Milestone } from '#libs/demo/journey.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { CommitCount } from './commit-count.js';
import { createTestDatabase } from './database.js';
import { actor, seedPeople } from './people.js';
import { requestForm } from './request-form.js';

const DAY_MS = 86_400_000;

/** A case store on a database of its own, with the people of the tests in it. */
export class CaseWorld {
  private keys = 0;
  readonly store: CaseStore;
  readonly desk: CommandDesk;
  readonly opening: CaseOpening;

  private constructor(
    readonly dataSource: DataSource,
    readonly url: string,
    readonly database: CommitCount,
  ) {
    this.store = new CaseStore(dataSource);
    this.desk = new CommandDesk(dataSource);
    this.opening = new CaseOpening(dataSource, this.store);
  }

  static async create(): Promise<CaseWorld> {
    const url = await createTestDatabase();
    const database = new CommitCount();
    const dataSource = await new DataSource({ ...databaseOptions(url), logger: database }).initialize();
    await seedPeople(dataSource);
    return new CaseWorld(dataSource, url, database);
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }

  open(changes: Partial<Opening> = {}) {
    return this.opening.open({
      form: requestForm(),
      actor: actor('focalPoint'),
      receivedAt: Date.now(),
      ...changes,
    });
  }

  /** Opens a case and takes the usual way to a milestone. @param openedAt epoch ms @returns when the last step was taken */
  async broughtTo(milestone: Milestone, openedAt: number): Promise<{ caseId: string; at: number }> {
    const { caseId } = await this.open({ receivedAt: openedAt });
    let at = openedAt;
    for (const { who, day, command } of deedsUntil(milestone, ['drafting'], openedAt, 'coordinator')) {
      at = openedAt + day * DAY_MS;
      const order = typeof command === 'function' ? command((await this.row(caseId)).state, []) : command;
      await this.send(who === 'requester' ? 'focalPoint' : who, caseId, order, at);
    }
    return { caseId, at };
  }

  /** Wakes a case at each instant at which something falls due, up to one (epoch ms). */
  async liveTo(caseId: string, until: number): Promise<void> {
    for (;;) {
      const next = (await this.row(caseId)).nextWakeAt?.getTime() ?? Infinity;
      if (next > until) return;
      await this.store.wake(caseId, next);
    }
  }

  row = (id: string): Promise<AssistanceCase> => this.dataSource.manager.findOneByOrFail(AssistanceCase, { id });

  key = (): string => `key-${(this.keys += 1)}`;

  /** What the workflow does with a command, without a workflow in between; `at` is its now (epoch ms). */
  async send(who: string, caseId: string, command: CaseCommand, at?: number, key = this.key()): Promise<CaseOutcome> {
    const { commandId } = await this.desk.receive(caseId, actor(who).personId, key, command);
    if (at !== undefined)
      await this.dataSource.query('UPDATE command SET received_at = to_timestamp($2 / 1000.0) WHERE id = $1', [
        commandId,
        at,
      ]);
    return this.store.apply(caseId, commandId, at ?? Date.now());
  }
}
