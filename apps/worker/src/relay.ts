import type { UndeliveredCases } from '#libs/case-store/undelivered-cases.js';
import type { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import type { RuleChanges } from '#libs/rule-book/rule-changes.js';
import type { CaseClient, HandedCommand } from '#libs/temporal/case-client.js';
import { CaseNotRunning, CommandRefused } from '#libs/temporal/update-errors.js';

const EVERY_MS = 1_000;
const AFTER_TROUBLE_MS = 5_000;

/**
 * Hands on what rests in PostgreSQL, until told to stop: starts of cases that were opened while Temporal was away, what a
 * publication of rules has left to do on open cases, and what follows from mails that reached nobody.
 */
export class Relay {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly cases: UnstartedCases,
    private readonly changes: RuleChanges,
    private readonly client: CaseClient,
    private readonly undelivered: Pick<UndeliveredCases, 'relay'>,
    private readonly warn: (error: unknown) => void,
  ) {}

  start(): void {
    this.running = this.pass();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async pass(): Promise<void> {
    let wait = EVERY_MS;
    try {
      // First: it needs PostgreSQL alone, and leaves marks for what comes after it.
      const followedUp = await this.undelivered.relay();
      const started = await this.cases.relay((caseId, version) => this.client.start({ caseId, version }));
      const told = await this.changes.relayMarks((caseId, tickId) => this.tick(caseId, tickId));
      const applied = await this.changes.relayApplications((caseId, command) => this.send(caseId, command));
      if (followedUp || started || told || applied) wait = 0;
    } catch (error) {
      this.warn(error);
      wait = AFTER_TROUBLE_MS;
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.pass();
    }, wait);
  }

  /** A case whose workflow does not run yet goes by the rules in force when it starts. */
  private async tick(caseId: string, tickId: string): Promise<void> {
    await this.client.tick(caseId, tickId).catch((error: unknown) => {
      if (!(error instanceof CaseNotRunning)) throw error;
    });
  }

  private async send(caseId: string, command: HandedCommand): Promise<boolean> {
    try {
      await this.client.command(caseId, command);
      return true;
    } catch (error) {
      if (error instanceof CommandRefused || error instanceof CaseNotRunning) return false;
      throw error;
    }
  }
}
