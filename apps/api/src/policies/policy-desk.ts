import { HttpException, HttpStatus, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import type { PolicyProblem } from '#libs/domain/case/policy-problem.js';
import { validatePolicy } from '#libs/domain/case/validate-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { NotPublishable, StaleDraft } from '#libs/rule-book/publication.js';
import { publishPolicy } from '#libs/rule-book/publish-policy.js';
import { fieldProblem } from '../problems/validation.js';
import { DraftChanged, PolicyDrafts } from './policy-drafts.js';
import type { PolicyDraft } from './policy-drafts.js';
import { PolicyShelf } from './policy-shelf.js';

/** What the doors do with a draft: change one clock of it, publish it. */
@Injectable()
export class PolicyDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly drafts: PolicyDrafts,
    private readonly shelf: PolicyShelf,
  ) {}

  /**
   * Puts a clock in the place of the one of its name, or after the last of its stage; null takes the named one out.
   * Returns what is wrong with it; only a clock with which nothing is wrong is kept.
   * @throws DraftChanged when somebody else has changed the draft since `revision`
   */
  async keepClock(
    draft: PolicyDraft,
    revision: number,
    name: string,
    clock: ClockPolicy | null,
    me: SignedIn,
  ): Promise<PolicyProblem[]> {
    const clocks = clock ? placed(draft.clocks, clock) : draft.clocks.filter((one) => one.name !== name);
    const at = clocks.findIndex((one) => one.name === name);
    const problems = clock
      ? validatePolicy(clocks, await this.shelf.calendars()).filter(({ field }) => field.startsWith(`clocks.${at}.`))
      : [];
    if (!problems.length) await this.drafts.save(draft, revision, clocks, me);
    return problems;
  }

  /** The product's now (epoch ms). */
  now(): Promise<number> {
    return productNow(this.dataSource.manager);
  }

  /** What stands between the draft and its publication. */
  async problems({ clocks }: PolicyDraft): Promise<PolicyProblem[]> {
    return validatePolicy(clocks, await this.shelf.calendars());
  }

  /**
   * Publishes a draft, which is gone then. Returns the number of the version.
   * @throws NotPublishable · StaleDraft
   */
  async publish(draft: PolicyDraft, me: SignedIn, { reason, from }: { reason: string; from?: number }) {
    const version = await publishPolicy(this.dataSource, {
      basedOn: draft.basedOn,
      clocks: draft.clocks,
      authorId: me.person.id,
      reason,
      ...(from !== undefined && { from }),
    });
    await this.drafts.discard(draft);
    return version;
  }
}

function placed(clocks: readonly ClockPolicy[], clock: ClockPolicy): ClockPolicy[] {
  if (clocks.some(({ name }) => name === clock.name))
    return clocks.map((one) => (one.name === clock.name ? clock : one));
  const last = clocks.findLastIndex(({ stage }) => stage === clock.stage);
  return last < 0 ? [...clocks, clock] : clocks.toSpliced(last + 1, 0, clock);
}

/** What programs are answered when a draft cannot be kept or published. */
export function ruleProblem(error: unknown): unknown {
  if (error instanceof NotPublishable) return fieldProblem([...error.problems], HttpStatus.UNPROCESSABLE_ENTITY);
  if (error instanceof StaleDraft || error instanceof DraftChanged)
    return new HttpException(
      { type: '/problems/conflict', title: 'Not possible now', detail: error.message },
      HttpStatus.CONFLICT,
    );
  return error;
}
