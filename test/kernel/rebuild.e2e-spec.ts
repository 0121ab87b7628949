import { DataSource } from 'typeorm';
import { CaseStore } from '#libs/case-store/case-store.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoCases } from '#libs/demo/seed-cases.js';
import { STORIES } from '#libs/demo/stories.js';
import { brokenChains } from '#libs/reconciliation/chains.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { asOwner, createTestDatabase } from '../support/database.js';

jest.setTimeout(180_000);

/** Everything that is derived from the log, by table, in a fixed order. */
const DERIVED: Record<string, string> = {
  assistance_case: 'id',
  case_clock: 'case_id, name, subject, cycle',
  case_participant: 'case_id, organisation_id',
  clock_breach: 'case_id, clock, subject, cycle',
};

describe('the cases of the demonstration', () => {
  let dataSource: DataSource;
  let url = '';
  let cases: AssistanceCase[];
  beforeAll(async () => {
    url = await createTestDatabase();
    dataSource = await new DataSource(databaseOptions(url)).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    await seedDemoCases(dataSource, () => undefined);
    cases = await dataSource.manager.find(AssistanceCase, { order: { id: 'ASC' } });
  });
  afterAll(() => dataSource.destroy());

  async function derivedRows() {
    const tables: Record<string, unknown> = {};
    for (const [table, order] of Object.entries(DERIVED))
      tables[table] = await dataSource.query(`SELECT * FROM ${table} ORDER BY ${order}`);
    return tables;
  }

  it('E20: are rebuilt from their logs alone, every derived row and verdict as it was', async () => {
    expect(cases).toHaveLength(STORIES.length);
    const store = new CaseStore(dataSource);
    // What is late or paused depends on the instant of looking: both look at the same one.
    const now = Date.now();
    for (const { id } of cases) await store.wake(id, now);
    const written = await derivedRows();
    await asOwner(url, 'TRUNCATE case_clock, case_participant, clock_breach');
    await dataSource.query(
      `UPDATE assistance_case SET version = 0, stage = 'lost', side_state = 'lost', priority = 'P9', owner_id = NULL,
         awaiting = 'lost', touched_at = now(), nearest_due_at = now(), nearest_clock = 'lost', soon_at = now(),
         paused = NOT paused, ended = NOT ended, next_wake_at = now(), state = '{}'`,
    );
    for (const { id } of cases) await store.rebuild(id, now);
    const rebuilt = await derivedRows();
    for (const table of Object.keys(DERIVED)) expect(rebuilt[table]).toEqual(written[table]);
    expect(rebuilt['case_clock']).not.toHaveLength(0);
    expect(rebuilt['clock_breach']).not.toHaveLength(0);
    expect(rebuilt['case_participant']).not.toHaveLength(0);
  });

  it('are rebuilt without a new event or a new mail', async () => {
    const counts = () =>
      dataSource.query('SELECT (SELECT count(*) FROM case_event) AS events, (SELECT count(*) FROM mail) AS mails');
    const before = await counts();
    for (const { id } of cases) await new CaseStore(dataSource).rebuild(id);
    expect(await counts()).toEqual(before);
  });

  it('have whole chains, until somebody changes, adds or cuts off an event', async () => {
    expect(await brokenChains(dataSource)).toEqual({ checked: cases.length, broken: [] });
    const [changed, cut, added] = cases.filter(({ version }) => version > 4);
    // As an intruder with the owner's rights would.
    await asOwner(
      url,
      'ALTER TABLE case_event DISABLE TRIGGER case_event_append_only',
      ['UPDATE case_event SET effective_at = now() WHERE case_id = $1 AND version = 3', [changed?.id]],
      ['DELETE FROM case_event WHERE case_id = $1 AND version = $2', [cut?.id, cut?.version]],
      [
        `INSERT INTO case_event SELECT case_id, version + 1, type, effective_at, recorded_at, actor_id, body, hash, hash
         FROM case_event WHERE case_id = $1 AND version = $2`,
        [added?.id, added?.version],
      ],
    );
    const { broken } = await brokenChains(dataSource);
    expect(Object.fromEntries(broken.map(({ caseId, version }) => [caseId, version]))).toEqual({
      [changed?.id ?? '']: 3,
      [cut?.id ?? '']: cut?.version,
      [added?.id ?? '']: (added?.version ?? 0) + 1,
    });
    expect((await brokenChains(dataSource, changed?.reference)).checked).toBe(1);
  });
});
