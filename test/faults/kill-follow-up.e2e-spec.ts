import { Mail } from '#libs/database/entities/mail.entity.js';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { requestForm } from '../support/request-form.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const [FOCAL, ALTERNATE] = ['focal@bravia.example.test', 'alternate@bravia.example.test'];

describe('kill -9 of the worker while it follows up a mail that was refused', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    const databaseUrl = await createTestDatabase();
    const temporalAddress = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
    deployment = await Deployment.on({ databaseUrl, temporalAddress });
    await deployment.start('api');
  });
  afterAll(() => deployment.stop());

  const refusedCase = async (): Promise<string> => {
    const { body } = await deployment.call('bravia', 'POST', '/api/v1/requests', requestForm());
    const [row] = await deployment.rows<{ id: string }>(
      'SELECT id FROM assistance_case WHERE reference = $1',
      body.reference,
    );
    const caseId = row?.id ?? '';
    await deployment.rows(
      `UPDATE mail SET state = 'failed', response = '550 no such user' WHERE case_id = $1 AND recipient = $2`,
      caseId,
      FOCAL,
    );
    return caseId;
  };
  const toAlternate = async (caseId: string): Promise<string[]> => {
    const rows = await deployment.dataSource.manager.findBy(Mail, { caseId, recipient: ALTERNATE });
    return rows.map(({ kind }) => kind).sort();
  };
  const left = (caseId: string) =>
    deployment.count(`SELECT 1 FROM case_event WHERE case_id = $1 AND type = 'contact_unreachable'`, caseId);

  it.each([
    ['before the transaction is committed', 'follow_up.before_commit', 0],
    ['after it has been committed', 'follow_up.after_commit', 1],
  ])('%s: the next worker leaves it followed up once', async (_, crashAt, then) => {
    const caseId = await refusedCase();
    const dying = await deployment.start('worker', crashAt);
    expect(await dying.ended).toBe('SIGKILL');
    expect(await left(caseId)).toBe(then);
    const next = await deployment.start('worker');
    await until('the alternate contact is written to', async () => (await toAlternate(caseId)).length === 2);
    await until(
      'the case has looked at its clocks again',
      async () => (await deployment.count('SELECT 1 FROM assistance_case WHERE rules_changed_at IS NOT NULL')) === 0,
    );
    expect(await toAlternate(caseId)).toEqual(['contact_tried', 'receipt']);
    expect(await left(caseId)).toBe(1);
    expect(await deployment.count(`SELECT 1 FROM mail WHERE state = 'failed' AND followed_up_at IS NULL`)).toBe(0);
    expect(await next.stop()).toBe('code 0');
  });
});
