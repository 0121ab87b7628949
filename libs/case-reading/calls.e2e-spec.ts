import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { callsDue, RUNGS } from '#libs/domain/case/contact-ladder.js';
import { NOTHING } from '#libs/domain/case/evolve.js';
import { SIDE_STATES } from '#libs/domain/case/stages.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { createTestDatabase } from '../../test/support/database.js';
import { actor, organisationId, seedPeople } from '../../test/support/people.js';
import { CaseList } from './case-list.js';

const [LEGALAID, HELVIA] = [organisationId('legalaid'), organisationId('helvia')];
const left = (count: number) => RUNGS.slice(0, count).map((rung) => ({ rung, because: 'silent' as const }));
const offer = (organisation: string, status: string) => ({ o1: { organisationId: organisation, status } });
const STATUSES = ['invited', 'interested', 'question', 'offered', 'declined', 'excluded'];

/** Sides that were left so far, with everything that decides whether they still have a part in the case. */
const unreached: object[] = [
  {},
  ...[0, 1, 2, 3].map((count) => ({ requester: left(count) })),
  ...[1, 2].map((count) => ({ [LEGALAID]: left(count) })),
  { [LEGALAID]: left(2), requester: left(3) },
  { [LEGALAID]: left(2), requester: left(2) },
];
const invitations: object[] = [{}, ...STATUSES.map((status) => ({ [LEGALAID]: status, [HELVIA]: 'invited' }))];
const offers: object[] = [{}, offer(LEGALAID, 'open'), offer(LEGALAID, 'accepted'), offer(HELVIA, 'accepted')];
const sides = [null, ...SIDE_STATES];

describe('the queue of those to call', () => {
  let dataSource: DataSource;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
  }, 60_000);
  afterAll(() => dataSource.destroy());

  it('has exactly the cases of which the rules say that somebody is to be called', async () => {
    const states = [
      { ...NOTHING, unreached: undefined },
      ...unreached.flatMap((one) =>
        invitations.flatMap((asked) => offers.map((made) => ({ unreached: one, invitations: asked, offers: made }))),
      ),
      ...sides.map((sideState) => ({ unreached: { requester: left(3) }, sideState })),
    ].map((changes) => ({ ...NOTHING, ...changes }) as CaseState);
    const now = new Date();
    const rows = states.map((state, at) => ({
      ...{ id: randomUUID(), reference: `CCM-A9-2026-${at}`, requestingState: 'QMB', version: 0, stage: 'submitted' },
      ...{ openedAt: now, touchedAt: now, workflowStartedAt: now, paused: false, ended: true, state },
      sideState: state.sideState,
    }));
    await dataSource.manager.insert(AssistanceCase, rows);
    const due = rows.filter(({ state }) => callsDue(state).length);
    expect(due.length).toBeGreaterThan(20);
    const list = new CaseList(dataSource);
    const { items } = await list.page({ queue: 'to_call', limit: rows.length }, actor('coordinator'));
    expect(items.map(({ reference }) => reference).sort()).toEqual(due.map(({ reference }) => reference).sort());
    for (const { reference, calls } of items) {
      const sidesDue = callsDue(rows.find((row) => row.reference === reference)?.state ?? NOTHING);
      expect(calls.map(({ side, organisation }) => organisation?.id ?? side)).toEqual(sidesDue);
    }
    expect((await list.counts(actor('coordinator'))).to_call).toBe(due.length);
    expect((await list.counts(actor('focalPoint'))).to_call).toBe(0);
  });
});
