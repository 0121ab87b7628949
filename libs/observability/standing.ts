import type { EntityManager } from 'typeorm';

/** Where the deployment stands at an instant: counts only. */
export interface Standing {
  openCases: number;
  /** Their workflow has not been started yet. */
  unstartedCases: number;
  /** Clocks that run past their deadline, unless that has been excused. */
  lateClocks: number;
  /** Cases with a step that is due and not recorded yet. */
  casesBehind: number;
  /** For how long the first of those has been due; 0 when nothing is. */
  secondsBehind: number;
  mailDue: number;
  mailInHand: number;
  mailFailed: number;
  /** Of those about accounts, which have no owner to be told: failed or come back in the last 30 days. */
  accountMailFailed: number;
  mailUnknown: number;
  /** Failed, bounced or unknown, and nobody has decided what becomes of them. */
  mailUndecided: number;
}

const STANDING = `SELECT
    (SELECT count(*)::int FROM assistance_case WHERE NOT ended) AS "openCases",
    (SELECT count(*)::int FROM assistance_case WHERE workflow_started_at IS NULL) AS "unstartedCases",
    (SELECT count(*)::int FROM case_clock clock WHERE stopped_at IS NULL AND due_at < $1 AND NOT EXISTS (
       SELECT 1 FROM clock_breach breach WHERE breach.case_id = clock.case_id AND breach.clock = clock.name
         AND breach.subject = clock.subject AND breach.cycle = clock.cycle AND breach.excused_at IS NOT NULL)) AS "lateClocks",
    behind.count AS "casesBehind",
    behind.seconds AS "secondsBehind",
    (SELECT count(*)::int FROM mail WHERE state = 'due' AND send_after <= $1) AS "mailDue",
    (SELECT count(*)::int FROM mail WHERE state IN ('claimed', 'sending')) AS "mailInHand",
    (SELECT count(*)::int FROM mail WHERE state = 'failed') AS "mailFailed",
    (SELECT count(*)::int FROM mail WHERE case_id IS NULL AND state IN ('failed', 'bounced')
       AND send_after > $1 - interval '30 days') AS "accountMailFailed",
    (SELECT count(*)::int FROM mail WHERE state = 'unknown') AS "mailUnknown",
    (SELECT count(*)::int FROM mail WHERE state IN ('failed', 'unknown', 'bounced') AND left_at IS NULL) AS "mailUndecided"
  FROM (SELECT count(*)::int, coalesce(extract(epoch FROM $1::timestamptz - min(next_wake_at)), 0)::float AS seconds
    FROM assistance_case WHERE NOT ended AND next_wake_at < $1) behind`;

/** Where the deployment stands at an instant of its time (epoch ms). */
export async function standing(manager: EntityManager, now: number): Promise<Standing> {
  const [row] = await manager.query<Standing[]>(STANDING, [new Date(now)]);
  return row as Standing;
}
