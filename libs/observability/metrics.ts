import { Gauge, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { checkpointAge, lastVerification } from '#libs/audit/checkpoint-status.js';
import { productNow } from '#libs/case-store/product-time.js';
import { lastFindings } from '#libs/reconciliation/findings.js';
import { detectionLags } from './detection-lag.js';
import type { DetectionLags } from './detection-lag.js';
import { standing } from './standing.js';
import type { Standing } from './standing.js';

const DAY_MS = 86_400_000;

/** What a deployment says of itself in figures; null while its database does not answer. */
export interface Figures {
  lags: DetectionLags;
  standing: Standing;
  /** Differences that the last reconciliation found; null when there has been none. */
  drift: number | null;
  /** Seconds since the last checkpoint of the logs; null when there has been none. */
  checkpointAge: number | null;
  /** What the last verification of the logs found wrong; null when there has been none. */
  verificationFindings: number | null;
}

/** The figures of now: the lag of the last 24 hours, and where everything stands. */
export async function readFigures(dataSource: DataSource): Promise<Figures> {
  const { manager } = dataSource;
  const now = await productNow(manager);
  const [lags, counts, findings, age, verification] = await Promise.all([
    detectionLags(manager, now - DAY_MS, now),
    standing(manager, now),
    lastFindings(dataSource),
    checkpointAge(manager),
    lastVerification(manager),
  ]);
  return {
    lags,
    standing: counts,
    drift: findings && findings.drift.length,
    checkpointAge: age,
    verificationFindings: verification && verification.found,
  };
}

/** The figures as Prometheus reads them. Labels name kinds and states, never a person, a State or a case. */
export function registryOf(figures: Figures | null): Registry {
  const registry = new Registry();
  const gauge = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Gauge({ name: `action48_${name}`, help, labelNames, registers: [registry] });
  gauge('database_up', 'Whether PostgreSQL answers: 1 or 0').set(Number(figures !== null));
  if (!figures) return registry;
  addLags(figures.lags, gauge);
  addStanding(figures.standing, gauge);
  if (figures.checkpointAge !== null)
    gauge('checkpoint_age_seconds', 'Seconds since the last signed checkpoint of the logs').set(figures.checkpointAge);
  if (figures.verificationFindings !== null)
    gauge('verification_findings', 'What the last verification of the logs found wrong; 0 is the only good value').set(
      figures.verificationFindings,
    );
  if (figures.drift !== null)
    gauge('reconciliation_drift', 'Differences that the last reconciliation found; 0 is the only good value').set(
      figures.drift,
    );
  return registry;
}

type NewGauge = <T extends string>(name: string, help: string, ...labelNames: T[]) => Gauge<T>;

/** No quantile where nothing fell due: an absent figure raises no alert, a zero would claim to have been measured. */
function addLags(lags: DetectionLags, gauge: NewGauge): void {
  const lag = gauge(
    'clock_detection_lag_seconds',
    'Seconds from the instant at which a step of a clock fell due to its record, over the last 24 hours',
    'kind',
    'quantile',
  );
  const count = gauge('clock_detections', 'Steps of clocks recorded in the last 24 hours', 'kind');
  for (const [kind, { count: recorded, p50, p99, longest }] of Object.entries(lags)) {
    count.set({ kind }, recorded);
    for (const [quantile, seconds] of [
      ['0.5', p50],
      ['0.99', p99],
      ['1', longest],
    ] as const)
      if (seconds !== null) lag.set({ kind, quantile }, seconds);
  }
}

function addStanding(counts: Standing, gauge: NewGauge): void {
  gauge('open_cases', 'Cases on which something can still fall due').set(counts.openCases);
  gauge('unstarted_cases', 'Cases whose workflow has not been started yet').set(counts.unstartedCases);
  gauge('late_clocks', 'Clocks that run past their deadline, unless that has been excused').set(counts.lateClocks);
  gauge('clock_cases_behind', 'Cases with a step that is due and not recorded yet').set(counts.casesBehind);
  gauge('clock_seconds_behind', 'For how many seconds the first step that is not recorded has been due').set(
    counts.secondsBehind,
  );
  const mail = gauge('mails', 'Mails of the ledger that are not sent; due: those that should be by now', 'state');
  mail.set({ state: 'due' }, counts.mailDue);
  mail.set({ state: 'in_hand' }, counts.mailInHand);
  mail.set({ state: 'failed' }, counts.mailFailed);
  mail.set({ state: 'unknown' }, counts.mailUnknown);
  gauge('mails_undecided', 'Mails that did not arrive for certain and wait for the decision of a person').set(
    counts.mailUndecided,
  );
}
