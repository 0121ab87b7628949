import { Mail } from '#libs/database/entities/mail.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { CaseWorld } from '../../test/support/case-world.js';

jest.setTimeout(300_000);

const DAY_MS = 86_400_000;
const OPENED = Date.parse('2026-11-24T10:00:00Z');

/** Nobody sends: every mail waits, as over a long quiet period. */
describe('of the mails about one step that wait together', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const ofClock = async (caseId: string, kind: string, clock: string) =>
    (await world.dataSource.manager.find(Mail, { where: { caseId, kind }, order: { id: 'ASC' } })).filter(
      ({ sequence }) => sequence.startsWith(`${clock}:`),
    );

  it('each responder is sent the last reminder alone', async () => {
    const { caseId } = await world.broughtTo('circulated', OPENED);
    await world.liveTo(caseId, OPENED + 60 * DAY_MS);
    const reminders = await ofClock(caseId, 'reminder', 'responder_answer');
    const readers = new Set(reminders.map(({ recipient }) => recipient));
    expect(readers.size).toBeGreaterThan(1);
    for (const reader of readers) {
      const own = reminders.filter(({ recipient }) => recipient === reader);
      expect(own.map(({ state }) => state)).toEqual(['suppressed', 'suppressed', 'due']);
      expect(own.slice(0, -1).map(({ response }) => response)).toEqual([CALLED_OFF.overtaken, CALLED_OFF.overtaken]);
    }
  });

  it('nothing is said to be due soon when it is late', async () => {
    const { caseId } = await world.broughtTo('circulated', OPENED);
    const soon = await warned(caseId);
    expect(soon.map(({ state }) => state)).toEqual(['due']);
    await world.liveTo(caseId, OPENED + 60 * DAY_MS);
    expect(await ofClock(caseId, 'breach', 'first_offer')).toHaveLength(1);
    expect(await ofClock(caseId, 'warning', 'first_offer')).toMatchObject([
      { state: 'suppressed', response: CALLED_OFF.overtaken },
    ]);
  });

  it('nor when both fall due at one instant, after an outage', async () => {
    const { caseId } = await world.broughtTo('circulated', OPENED);
    await world.store.wake(caseId, OPENED + 60 * DAY_MS);
    expect(await ofClock(caseId, 'breach', 'first_offer')).toHaveLength(1);
    const warnings = await ofClock(caseId, 'warning', 'first_offer');
    expect(warnings.filter(({ state }) => state !== 'suppressed')).toEqual([]);
  });

  it('what went before stays what it is', async () => {
    const { caseId } = await world.broughtTo('circulated', OPENED);
    const [first] = await warned(caseId);
    await world.dataSource.manager.update(Mail, { id: first?.id ?? '' }, { state: 'sent' });
    await world.liveTo(caseId, OPENED + 60 * DAY_MS);
    expect(await ofClock(caseId, 'warning', 'first_offer')).toMatchObject([{ state: 'sent' }]);
  });

  const warned = async (caseId: string): Promise<Mail[]> => {
    for (let day = 0; day < 60; day += 1) {
      await world.liveTo(caseId, OPENED + day * DAY_MS);
      const rows = await ofClock(caseId, 'warning', 'first_offer');
      if (rows.length) return rows;
    }
    return [];
  };
});
