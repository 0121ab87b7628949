import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { NOTHING } from '#libs/domain/case/evolve.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { createTestDatabase } from '../../test/support/database.js';
import { CaseList } from './case-list.js';

jest.setTimeout(120_000);

const CASES = 10_000;

/** Ten thousand cases of Bravia and Aurelia in turn, every third without a running clock; a responder is in a few of them. */
async function fill(dataSource: DataSource, organisationId: string): Promise<void> {
  await dataSource.query(
    `INSERT INTO assistance_case (id, reference, version, stage, requesting_state, opened_at, touched_at, nearest_due_at,
       nearest_clock, paused, ended, state)
     SELECT gen_random_uuid(), 'CCM-A9-2026-' || n, 1, 'submitted', (ARRAY['QMA', 'QMB'])[1 + n % 2], now(), now(),
       CASE WHEN n % 3 > 0 THEN now() + make_interval(mins => (n * 7919) % 10007) END, 'acknowledge', false, false, $1
     FROM generate_series(1, $2::int) n`,
    [NOTHING, CASES],
  );
  await dataSource.query(
    `INSERT INTO case_participant (case_id, organisation_id, status)
     SELECT id, $1, 'invited' FROM assistance_case WHERE reference ~ '000$'`,
    [organisationId],
  );
  await dataSource.query('ANALYZE');
}

describe('the lists over many cases', () => {
  let dataSource: DataSource;
  let responder: string;
  const person = (roles: Actor['roles'], more: Partial<Actor> = {}): Actor => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    return { personId: nobody, roles, organisationId: null, stateCode: null, ...more };
  };
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    const [row] = await dataSource.query<{ id: string }[]>(`SELECT id FROM organisation WHERE code = 'LEGALAID'`);
    responder = row?.id ?? '';
    await fill(dataSource, responder);
  });
  afterAll(() => dataSource.destroy());

  /** What PostgreSQL would do for a page, and the page. */
  async function planOf(actor: Actor, cursor?: string): Promise<{ plan: string; next: string | null }> {
    let plan = '';
    const explaining = Object.create(dataSource) as DataSource;
    explaining.query = async <T>(sql: string, values?: unknown[]): Promise<T> => {
      const lines = await dataSource.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${sql}`, values);
      plan = lines.map((line) => line['QUERY PLAN']).join('\n');
      return dataSource.query<T>(sql, values);
    };
    const { next } = await new CaseList(explaining).page({ limit: 50, ...(cursor && { cursor }) }, actor);
    return { plan, next };
  }

  it('read a page, and the one behind it, in the order of their index instead of sorting every case', async () => {
    const coordinator = person(['coordinator']);
    const first = await planOf(coordinator);
    const second = await planOf(coordinator, first.next ?? '');
    for (const { plan } of [first, second]) {
      expect(plan).toContain('Index Scan using assistance_case_queue_idx');
      expect(plan).not.toContain('Seq Scan on assistance_case');
    }
  });

  it('read a responder its own invitations without looking at the cases of others', async () => {
    const { plan } = await planOf(person(['responder'], { organisationId: responder }));
    expect(plan).toContain('Index Scan using assistance_case_pkey');
    expect(plan).not.toContain('Seq Scan on assistance_case');
  });

  it('show somebody who asks for one State and responds for an organisation both kinds of their cases', async () => {
    const total = async (actor: Actor) => (await new CaseList(dataSource).counts(actor)).all;
    const asks = await total(person(['requester'], { stateCode: 'QMB' }));
    const responds = await total(person(['responder'], { organisationId: responder }));
    expect([asks, responds]).toEqual([CASES / 2, CASES / 1_000]);
    // Every thousandth case is Aurelia's.
    const both = person(['requester', 'responder'], { stateCode: 'QMB', organisationId: responder });
    expect(await total(both)).toBe(asks + responds);
  });

  it.each([
    ['nobody', person([])],
    ['an administrator', person(['admin'])],
    ['a focal point of no State', person(['requester'])],
    ['a responder of no organisation', person(['responder'])],
    ['an observer, of cases that have not climbed to it', person(['observer'])],
  ])('show %s nothing', async (_, actor) => {
    expect((await new CaseList(dataSource).page({}, actor)).items).toEqual([]);
    expect((await new CaseList(dataSource).counts(actor)).all).toBe(0);
  });
});
