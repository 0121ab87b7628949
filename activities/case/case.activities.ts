import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { DEFECT, NOT_RECEIVED } from '#libs/contracts/case-workflow.js';
import type { CaseOutcome } from '#libs/contracts/case-workflow.js';
import { CommandNotReceived } from '#libs/case-store/case-store.js';
import type { CaseStore } from '#libs/case-store/case-store.js';
import { Refusal } from '#libs/domain/case/refusal.js';
import { crashPoint } from '#libs/observability/crash-point.js';
import { log } from '#libs/observability/log.js';
import { bare, isDefect } from './defects.js';

/** What the case workflow may ask for. Run as local activities: short, and safe to run again. */
export function createCaseActivities(store: Pick<CaseStore, 'apply' | 'wake'>) {
  return {
    /** Applies a received command once; a refusal is thrown with what would be allowed instead. */
    async commit(caseId: string, commandId: string, workflowNow: number): Promise<CaseOutcome> {
      crashPoint('command.before_commit');
      const outcome = await store.apply(caseId, commandId, workflowNow).catch(asFailure);
      crashPoint('command.after_commit');
      return outcome;
    },

    /** Records what has fallen due and says when something next does. Every failure is worth another try. */
    wake(caseId: string, workflowNow: number): Promise<CaseOutcome> {
      crashPoint('wake.before_commit');
      return store.wake(caseId, workflowNow).catch(bare);
    },
  };
}

export type CaseActivities = ReturnType<typeof createCaseActivities>;

/** What another try cannot change becomes an answer; everything else is thrown on, and tried again. */
function asFailure(error: unknown): never {
  if (error instanceof Refusal) throw answer(error.code, error.message, [{ allowed: error.allowed }]);
  if (error instanceof CommandNotReceived) throw answer(NOT_RECEIVED, error.message);
  if (!isDefect(error)) bare(error);
  log('error', 'commit', error);
  throw ApplicationFailure.nonRetryable('The command could not be applied.', DEFECT);
}

/** Benign: an answer, not a fault to be logged. */
const answer = (type: string, message: string, details: unknown[] = []): ApplicationFailure =>
  ApplicationFailure.create({
    message,
    type,
    nonRetryable: true,
    details,
    category: ApplicationFailureCategory.BENIGN,
  });
