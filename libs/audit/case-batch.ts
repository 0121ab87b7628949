import type { EntityManager } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { CaseParticipant } from '#libs/database/entities/case-participant.entity.js';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import { CaseText } from '#libs/database/entities/case-text.entity.js';
import { ClockBreach } from '#libs/database/entities/clock-breach.entity.js';

/** Everything about one case that its log must agree with. */
export interface CaseEvidence {
  row: AssistanceCase;
  log: CaseEvent[];
  request: CaseRequest | undefined;
  texts: CaseText[];
  commands: AppliedCommand[];
  /** Versions that mails say they are about. */
  mailed: number[];
  participants: CaseParticipant[];
  breaches: ClockBreach[];
}

export interface AppliedCommand {
  caseId: string;
  actorId: string;
  verb: string;
  appliedAt: Date;
  version: number;
}

/** So many cases are in memory at a time. */
const BATCH = 50;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** The next cases by id, with everything about them, as they stood at one instant. */
export async function readBatch(manager: EntityManager, after = FIRST, reference?: string): Promise<CaseEvidence[]> {
  const query = manager.createQueryBuilder(AssistanceCase, 'row').where('row.id > :after', { after });
  if (reference) query.andWhere('row.reference = :reference', { reference });
  const rows = await query.orderBy('row.id').limit(BATCH).getMany();
  const ids = rows.map(({ id }) => id);
  if (!ids.length) return [];
  const of = async <Row extends { caseId: string }>(entity: new () => Row, order: string) =>
    grouped(
      await manager
        .createQueryBuilder(entity, 'one')
        .where('one.caseId IN (:...ids)', { ids })
        .orderBy(order)
        .getMany(),
    );
  const log = await of(CaseEvent, 'one.version');
  const requests = await of(CaseRequest, 'one.caseId');
  const texts = await of(CaseText, 'one.id');
  const participants = await of(CaseParticipant, 'one.organisationId');
  const breaches = await of(ClockBreach, 'one.recordedAt');
  const commands = grouped(await manager.query<AppliedCommand[]>(APPLIED, [ids]));
  const mailed = grouped(await manager.query<{ caseId: string; version: number }[]>(MAILED, [ids]));
  return rows.map((row) => ({
    row,
    log: log(row.id),
    request: requests(row.id)[0],
    texts: texts(row.id),
    commands: commands(row.id),
    mailed: mailed(row.id).map(({ version }) => version),
    participants: participants(row.id),
    breaches: breaches(row.id),
  }));
}

const APPLIED = `
  SELECT case_id AS "caseId", actor_id AS "actorId", verb, applied_at AS "appliedAt", result_version AS version
  FROM command WHERE case_id = ANY ($1) AND applied_at IS NOT NULL`;

/** The sequence of a mail is the version of its event, or a step of a clock. */
const MAILED = `
  SELECT DISTINCT case_id AS "caseId", sequence::int AS version FROM mail
  WHERE case_id = ANY ($1) AND sequence ~ '^[0-9]{1,9}$'`;

function grouped<Row extends { caseId: string }>(rows: readonly Row[]): (caseId: string) => Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.caseId);
    if (group) group.push(row);
    else groups.set(row.caseId, [row]);
  }
  return (caseId) => groups.get(caseId) ?? [];
}
