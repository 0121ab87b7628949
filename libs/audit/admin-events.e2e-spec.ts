import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AdminEvent } from '#libs/database/entities/admin-event.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { createTestDatabase } from '../../test/support/database.js';
import { adminChainBrokenAt, recordAdminEvent } from './admin-events.js';

describe('the record of administrative acts', () => {
  let dataSource: DataSource;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
  });
  afterAll(() => dataSource.destroy());

  const act = (reason: string) => ({
    ...{ actorId: randomUUID(), action: 'person_changed', subjectKind: 'person', subjectId: randomUUID() },
    body: { before: { roles: ['requester'] }, after: { roles: [] }, reason, nothing: undefined },
  });
  const record = (reason: string) => dataSource.transaction((manager) => recordAdminEvent(manager, act(reason)));
  const rows = () => dataSource.manager.find(AdminEvent, { order: { id: 'ASC' } });

  it('is one chain without a gap, also when many acts happen at once and some are undone', async () => {
    await record('the first');
    const undone = dataSource.transaction(async (manager) => {
      await recordAdminEvent(manager, act('undone'));
      throw new Error('the act failed');
    });
    const all = await Promise.allSettled([undone, ...['a', 'b', 'c', 'd', 'e'].map(record)]);
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    const chain = await rows();
    expect(chain.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(adminChainBrokenAt(chain)).toBeNull();
  });

  it('shows where a row was changed or taken out', async () => {
    const chain = await rows();
    const changed = chain.map((row) => (row.id === 3 ? { ...row, actorId: randomUUID() } : row));
    expect(adminChainBrokenAt(changed)).toBe(3);
    expect(adminChainBrokenAt(chain.filter(({ id }) => id !== 2))).toBe(2);
  });

  it('is only ever added to, and only together with the act', async () => {
    await expect(dataSource.query('DELETE FROM admin_event')).rejects.toThrow('permission denied');
    await expect(dataSource.query(`UPDATE admin_event SET action = 'nothing'`)).rejects.toThrow('permission denied');
    await expect(recordAdminEvent(dataSource.manager, act('apart'))).rejects.toThrow('within its transaction');
  });
});
