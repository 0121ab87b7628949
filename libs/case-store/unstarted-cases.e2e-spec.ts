import { CaseWorld } from '../../test/support/case-world.js';
import { UnstartedCases } from './unstarted-cases.js';

describe('cases that wait for their workflow', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  it('can be changed while their workflow is being started, which may take as long as Temporal does', async () => {
    const { caseId } = await world.open();
    const message = 'We have your request.';
    const started: string[] = [];
    const count = await new UnstartedCases(world.dataSource).relay(async (id) => {
      await world.send('coordinator', id, { verb: 'acknowledge', body: { message } });
      started.push(id);
    });
    expect([count, started]).toEqual([1, [caseId]]);
  });

  it('are taken again when a start failed, and no more once it has succeeded', async () => {
    const { caseId } = await world.open();
    const unstarted = new UnstartedCases(world.dataSource);
    await expect(unstarted.relay(() => Promise.reject(new Error('Temporal is away')))).rejects.toThrow('away');
    const started: string[] = [];
    const start = (id: string) => Promise.resolve(void started.push(id));
    expect(await unstarted.relay(start)).toBe(1);
    expect(await unstarted.relay(start)).toBe(0);
    expect(started).toEqual([caseId]);
  });
});
