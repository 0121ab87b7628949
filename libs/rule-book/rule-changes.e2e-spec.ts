import { actor } from '../../test/support/people.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { RuleChanges } from './rule-changes.js';

describe('what a publication leaves to do on open cases', () => {
  let world: CaseWorld;
  let changes: RuleChanges;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.dataSource.query('UPDATE assistance_case SET rules_changed_at = NULL');
    changes = new RuleChanges(world.dataSource);
  });

  const marked = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const { caseId } = await world.open();
      await world.dataSource.query(
        `UPDATE assistance_case SET rules_changed_at = timestamptz '2026-11-24 10:00Z' + make_interval(secs => $2) WHERE id = $1`,
        [caseId, index],
      );
      ids.push(caseId);
    }
    return ids;
  };

  it('is done once for each marked case, the earliest first', async () => {
    const ids = await marked(3);
    const told: string[] = [];
    const tick = async (id: string) => told.push(id);
    expect(await changes.relayMarks(tick, 2)).toBe(2);
    expect(await changes.waiting()).toMatchObject({ marks: 1 });
    expect(await changes.relayMarks(tick, 2)).toBe(1);
    expect(told).toEqual(ids);
    expect(await changes.relayMarks(tick)).toBe(0);
  });

  it('stays to be done where another publication came while the case was looking', async () => {
    const [id] = await marked(1);
    await changes.relayMarks(async () =>
      world.dataSource.query('UPDATE assistance_case SET rules_changed_at = now() WHERE id = $1', [id]),
    );
    expect(await changes.waiting()).toMatchObject({ marks: 1 });
  });

  it('is not held up by a case that does not answer, and done there when it does again', async () => {
    const [silent, ...others] = await marked(3);
    let answers = false;
    const told: string[] = [];
    const tick = async (id: string) => {
      if (id === silent && !answers) throw new Error('no answer');
      told.push(id);
    };
    await expect(changes.relayMarks(tick, 1)).rejects.toThrow('no answer');
    expect(await changes.relayMarks(tick, 5)).toBe(2);
    expect(told).toEqual(others);
    answers = true;
    expect(await changes.relayMarks(tick)).toBe(0);
    expect(await changes.relayMarks(tick)).toBe(1);
    expect(await changes.waiting()).toMatchObject({ marks: 0 });
  });

  it('is forgotten where a case refuses to go by another policy', async () => {
    const { caseId } = await world.open();
    const lead = actor('lead').personId;
    await world.desk.receive(caseId, lead, world.key(), { verb: 'apply-policy', body: { version: 9, reason: 'Why.' } });
    expect(await changes.waiting()).toMatchObject({ applications: 1 });
    expect(await changes.relayApplications(async () => false)).toBe(1);
    expect(await changes.waiting()).toMatchObject({ applications: 0 });
  });
});
