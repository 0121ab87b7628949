import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

jest.setTimeout(60_000);

describe('a step that was refused, over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  });
  afterAll(() => system.stop());

  const open = async (): Promise<string> => {
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    return body.reference;
  };
  const verify = { means: 'mission', evidence: 'A call of today.' };

  it('is judged anew when the same form is sent again after the case has moved on', async () => {
    const reference = await open();
    const key = `${reference}-verify`;
    expect((await system.step('coordinator', reference, 'verify', verify, key)).status).toBe(409);
    await system.step('coordinator', reference, 'acknowledge', { message: 'We have it.' });
    expect(await system.step('coordinator', reference, 'verify', verify, key)).toMatchObject({
      status: 200,
      body: { stage: 'triage' },
    });
  });

  it('may be corrected under the key of the same form', async () => {
    const reference = await open();
    await system.step('coordinator', reference, 'take');
    const key = `${reference}-merge`;
    const wrong = await system.step('coordinator', reference, 'merge', { into: 'CCM-A9-2020-9999' }, key);
    expect(wrong.status).toBe(409);
    const other = await open();
    expect((await system.step('coordinator', reference, 'merge', { into: other }, key)).status).toBe(200);
  });

  it('of a case that has ended is refused with the reason, also when its workflow runs no more', async () => {
    const reference = await open();
    await system.step('bravia', reference, 'withdraw', { reason: 'No longer needed.' });
    for (let time = 0; time < 3; time += 1)
      expect(await system.step('coordinator', reference, 'take')).toMatchObject({
        status: 409,
        body: { code: 'case_ended' },
      });
  });
});
