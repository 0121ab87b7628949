import { DataSource } from 'typeorm';
import type { Logger } from 'typeorm';
import { requestForm } from '../../../../test/support/request-form.js';
import { TestSystem } from '../../../../test/support/system.js';

describe('what a step of a case costs the API', () => {
  let system: TestSystem;
  const statements: string[] = [];
  beforeAll(async () => {
    system = await TestSystem.start();
    const silent = () => undefined;
    const logger: Logger = {
      logQuery: (query) => void statements.push(query),
      logQueryError: silent,
      logQuerySlow: silent,
      logSchemaBuild: silent,
      logMigration: silent,
      log: silent,
    };
    system.app.get(DataSource).logger = logger;
  }, 60_000);
  afterAll(() => system.stop());

  it('reads the log of the case once, for the answer, and asks PostgreSQL no more than seventeen times', async () => {
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    await system.step('coordinator', body.reference, 'take');
    statements.length = 0;
    const { status } = await system.step('coordinator', body.reference, 'add-note', { text: 'A note.' });
    expect(status).toBe(200);
    expect(statements.filter((query) => query.includes('FROM "case_event"'))).toHaveLength(1);
    expect(statements.filter((query) => query.includes('INSERT INTO access_log'))).toHaveLength(1);
    expect(statements.length).toBeLessThanOrEqual(17);
  });

  it.each([
    ['the case', ''],
    ['its timeline', '/timeline'],
    ['its export', '/export'],
    ['its mails', '/mail'],
    ['an explanation', '/clocks/acknowledge/explanation'],
  ])('spends one statement on recording a look at %s', async (_, part) => {
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    statements.length = 0;
    expect((await system.call('isu', 'GET', `/api/v1/cases/${body.reference}${part}`)).status).toBe(200);
    expect(statements.filter((query) => query.includes('access_log'))).toHaveLength(1);
    expect(statements.filter((query) => query.includes('FROM "case_event"'))).toHaveLength(1);
  });

  it('still tells nobody of a case that is not theirs', async () => {
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    const { status } = await system.step('aurelia', body.reference, 'withdraw', { reason: 'Not mine.' });
    expect(status).toBe(404);
  });
});
