import { setTimeout as sleep } from 'node:timers/promises';
import { QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { clockOffsetMs } from '#libs/case-store/product-time.js';
import { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { MailLedger } from '#libs/mail/ledger.js';
import type { CaseClient } from '#libs/temporal/case-client.js';
import { brokenChains } from './chains.js';
import { compare } from './drift.js';
import type { Answer, Drift } from './drift.js';
import { keepFindings } from './findings.js';
import type { Findings } from './findings.js';
import { stuckMail } from './stuck-mail.js';

const AT_ONCE = 8;
/** A command in flight looks like drift for a moment; what is still apart after this many looks is. */
const LOOKS = 3;
const BETWEEN_LOOKS_MS = 500;

/** Holds both stores against each other: every open case, its workflow, its timer, the mail ledger and the chains. */
export class Reconciler {
  constructor(
    private readonly dataSource: DataSource,
    private readonly client: CaseClient,
  ) {}

  /**
   * Compares and keeps the findings; changes nothing else. No drift is the only good answer.
   * @param stop ends it between two cases; it then throws the signal's reason and keeps nothing
   */
  async check(stop?: AbortSignal): Promise<Findings> {
    const rows = await this.dataSource.manager.find(AssistanceCase, { select: { id: true }, where: { ended: false } });
    const waiting = rows.map(({ id }) => id);
    const drift: Drift[] = [];
    const look = async () => {
      for (let id = waiting.pop(); id; id = waiting.pop()) {
        stop?.throwIfAborted();
        drift.push(...(await this.lookAt(id)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, look));
    drift.sort((a, b) => a.subject.localeCompare(b.subject));
    drift.push(...(await this.chains(stop)), ...(await stuckMail(this.dataSource)));
    const findings = { at: new Date().toISOString(), checked: rows.length, drift };
    await keepFindings(this.dataSource, findings);
    return findings;
  }

  /**
   * Mends what can be mended; doing it twice does no harm, and one that fails does not stop the others.
   * @returns how many were mended; what is left needs a person or another try
   */
  async repair(drift: readonly Drift[]): Promise<number> {
    let mended = 0;
    for (const one of drift)
      mended += await this.mend(one).then(
        (done) => Number(done),
        () => 0,
      );
    return mended;
  }

  private async mend({ id, remedy }: Drift): Promise<boolean> {
    if (remedy === 'start') await this.start(id);
    if (remedy === 'tick') await this.client.tick(id, `reconcile-${Date.now()}`);
    if (remedy === 'release') await new MailLedger(this.dataSource).recover();
    return remedy !== 'look';
  }

  private async start(caseId: string): Promise<void> {
    const { version } = await this.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    await this.client.start({ caseId, version }, { again: true });
    await new UnstartedCases(this.dataSource).markStarted(caseId);
  }

  private async lookAt(caseId: string): Promise<Drift[]> {
    for (let look = 1; ; look += 1) {
      const row = await this.dataSource.manager.findOneBy(AssistanceCase, { id: caseId, ended: false });
      if (!row) return [];
      const drift = compare(row, await this.answer(caseId), await clockOffsetMs(this.dataSource.manager));
      // Who does not answer has been waited for already.
      const silent = drift.some(({ kind }) => kind === 'silent_workflow');
      if (!drift.length || silent || look === LOOKS) return drift;
      await sleep(BETWEEN_LOOKS_MS);
    }
  }

  private answer(caseId: string): Promise<Answer> {
    return this.client
      .standing(caseId)
      .catch((error: unknown) =>
        error instanceof WorkflowNotFoundError || error instanceof QueryRejectedError ? 'absent' : 'silent',
      );
  }

  private async chains(stop?: AbortSignal): Promise<Drift[]> {
    const { broken } = await brokenChains(this.dataSource, undefined, stop);
    return broken.map(({ caseId, reference, version }) => ({
      kind: 'broken_chain',
      subject: reference,
      id: caseId,
      what: `the hash chain breaks at version ${version}`,
      remedy: 'look',
    }));
  }
}
