import { readLog, toLogged } from '#libs/case-store/event-log.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { CliCommand, CommandContext } from '../command.js';
import { UsageError } from '../command.js';

const caseOf = async ({ args, database }: CommandContext): Promise<AssistanceCase> => {
  const reference = args[0];
  if (!reference) throw new UsageError('Give the reference of a case, e.g. CCM-A9-2026-0042.');
  const row = await (await database()).manager.findOneBy(AssistanceCase, { reference });
  if (!row) throw new UsageError(`There is no case ${reference}. \`action48 case list\` names them.`);
  return row;
};

/** `action48 case list`: every case, least time left first. */
export const caseList: CliCommand = {
  words: 'case list',
  says: 'list the cases, nearest deadline first',
  run: async ({ database, print }) => {
    const rows = await (await database()).manager.find(AssistanceCase, { order: { nearestDueAt: 'ASC', id: 'ASC' } });
    const items = rows.map(({ reference, requestingState, stage, sideState, nearestClock, nearestDueAt }) => ({
      reference,
      requestingState,
      stage,
      sideState,
      nearestClock,
      nearestDueAt,
    }));
    print(
      items,
      items.map((item) =>
        [
          item.reference,
          item.requestingState,
          (item.sideState ?? item.stage).padEnd(18),
          item.nearestDueAt ? `${item.nearestClock} due ${item.nearestDueAt.toISOString()}` : 'no clock runs',
        ].join('  '),
      ),
    );
    return 0;
  },
};

/** `action48 case show REF`: the row and the log, facts of the process only. */
export const caseShow: CliCommand = {
  words: 'case show',
  takes: 'REF',
  says: 'show one case: where it stands and what happened (ids and facts, no content)',
  run: async (context) => {
    const row = await caseOf(context);
    const log = (await readLog((await context.database()).manager, row.id)).map(toLogged);
    context.print({ ...row, log }, [
      `${row.reference}  ${row.requestingState}  ${row.stage}${row.sideState ? `, ${row.sideState}` : ''}`,
      ...log.map(
        ({ version, effectiveAt, type }) =>
          `${String(version).padStart(4)}  ${new Date(effectiveAt).toISOString()}  ${type}`,
      ),
    ]);
    return 0;
  },
};

/** `action48 case export REF`: the log as JSON, with its hash chain. */
export const caseExport: CliCommand = {
  words: 'case export',
  takes: 'REF',
  says: 'export the event log of a case with its hash chain (JSON)',
  run: async (context) => {
    const row = await caseOf(context);
    const log = await readLog((await context.database()).manager, row.id);
    context.print({ reference: row.reference, log }, [JSON.stringify({ reference: row.reference, log }, null, 2)]);
    return 0;
  },
};

/** `action48 case rebuild REF`: rewrites what is derived from the log. */
export const caseRebuild: CliCommand = {
  words: 'case rebuild',
  takes: 'REF',
  says: 'rebuild the projections of a case from its log',
  run: async (context) => {
    const row = await caseOf(context);
    const outcome = await new CaseStore(await context.database()).rebuild(row.id);
    context.print(outcome, [`${row.reference} rebuilt at version ${outcome.version}`]);
    return 0;
  },
};
