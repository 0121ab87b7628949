import { DataSource } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { SIDE_STATES, STAGES } from '#libs/domain/case/stages.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { createTestDatabase } from '../../test/support/database.js';
import { seedDemoCases } from './seed-cases.js';
import { STORIES } from './stories.js';

describe('the demonstration', () => {
  let dataSource: DataSource;
  let cases: AssistanceCase[];
  const cutOff = (done: number) => {
    if (done === 5) throw new Error('cut off');
  };
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    // As when the first start is interrupted: the next one tells on.
    await expect(seedDemoCases(dataSource, cutOff)).rejects.toThrow('cut off');
    await seedDemoCases(dataSource, () => undefined);
    cases = await dataSource.manager.find(AssistanceCase);
  }, 60_000);
  afterAll(() => dataSource.destroy());

  it('shows every stage and every side state', () => {
    expect(new Set(cases.filter(({ sideState }) => !sideState).map(({ stage }) => stage))).toEqual(new Set(STAGES));
    expect(new Set(cases.flatMap(({ sideState }) => sideState ?? []))).toEqual(new Set(SIDE_STATES));
  });

  it('has late, paused and offered cases', () => {
    expect(cases.some(({ state }) => Object.values(state.breaches).includes('standing'))).toBe(true);
    expect(cases.some(({ paused }) => paused)).toBe(true);
    expect(cases.some(({ state }) => Object.values(state.offers).some(({ status }) => status === 'open'))).toBe(true);
  });

  it('names no real State', async () => {
    const real = await dataSource.query<{ reference: string }[]>(
      'SELECT c.reference FROM assistance_case c JOIN state s ON s.code = c.requesting_state WHERE NOT s.demo',
    );
    expect(real).toEqual([]);
  });

  it('is told whole after an interruption, each case once', () => {
    expect(cases).toHaveLength(STORIES.length);
  });

  it('is told once, also when it is asked for again', async () => {
    await seedDemoCases(dataSource, () => undefined);
    expect(await dataSource.manager.count(AssistanceCase)).toBe(cases.length);
  });
});
