import { VERBS } from '#libs/domain/case/commands/index.js';
import { COMMAND_BODIES } from '../support/command-bodies.js';
import { HttpCase } from '../support/http-case.js';
import type { Answer } from '../support/system.js';
import { TestSystem } from '../support/system.js';
import { EXPLANATION, MAY, NEVER, PARTS, READERS, STRANGERS, TRIED } from './permission-table.js';

describe('who may see and do what, over HTTP', () => {
  let system: TestSystem;
  const cases: Record<string, HttpCase> = {};
  beforeAll(async () => {
    system = await TestSystem.start();
    for (const [stage, { after }] of Object.entries(MAY)) cases[stage] = await HttpCase.after(system, after);
    await at('delivery').does('coordinator', 'add-note', { text: 'Internal: the ministry wavers.' });
  }, 120_000);
  afterAll(() => system.stop());

  const at = (stage: string): HttpCase => cases[stage] as HttpCase;
  const invited = (stage: string) => ['circulated', 'delivery'].includes(stage);
  const reads = (who: string, stage: string) =>
    READERS.includes(who) && (invited(stage) || !['legalaid', 'helvia'].includes(who));
  /** An answer without what differs from one request to the next. */
  const bare = ({ status, headers, body }: Answer, reference: string) => ({
    status,
    headers: [...headers].filter(([name]) => !['x-request-id', 'date', 'content-length', 'etag'].includes(name)),
    body: JSON.stringify({ ...body, requestId: '' }).replaceAll(reference, 'REF'),
  });

  describe.each(Object.keys(MAY))('of a case in %s', (stage) => {
    it.each(PARTS)(
      'may read %s: those with a part in it, and for everybody else there is no such case',
      async (part) => {
        for (const who of [...READERS, ...STRANGERS]) {
          const { status } = await at(stage).get(who, part);
          expect({ who, status }).toEqual({ who, status: reads(who, stage) ? 200 : 404 });
        }
        expect((await at(stage).get('', part)).status).toBe(401);
      },
    );

    it('has the State and the coordinators see why its clocks are what they are', async () => {
      for (const who of [...READERS, ...STRANGERS]) {
        const { status } = await at(stage).get(who, EXPLANATION);
        const inside = READERS.includes(who) && !['legalaid', 'helvia'].includes(who);
        expect({ who, status }).toEqual({ who, status: inside ? 200 : 404 });
      }
    });

    it.each(READERS)('may do exactly this: %s', async (who) => {
      if (!reads(who, stage)) return expect((await at(stage).get(who)).status).toBe(404);
      const { nextActions } = await at(stage).seenBy(who);
      expect([...nextActions].sort()).toEqual([...(MAY[stage]?.may[who] ?? [])].sort());
    });

    it.each(READERS)('is refused what is never theirs: %s', async (who) => {
      for (const verb of NEVER[who] ?? []) {
        const { status } = await at(stage).tries(who, verb);
        expect({ verb, status }).toEqual({ verb, status: reads(who, stage) ? 403 : 404 });
      }
    });
  });

  it.each(['bravia', 'coordinator', 'lead', 'legalaid'])(
    'is refused every verb that is not possible now: %s',
    async (who) => {
      for (const verb of VERBS.filter((one) => !MAY['circulated']?.may[who]?.includes(one))) {
        const { status } = await at('circulated').tries(who, verb);
        expect({ verb, status, refused: [403, 409].includes(status) }).toEqual({ verb, status, refused: true });
      }
    },
    60_000,
  );

  it.each(STRANGERS)('is as if the case did not exist for %s, whatever is tried on it', async (who) => {
    const { reference } = at('circulated');
    const nowhere = 'CCM-A9-2026-9999';
    for (const part of [...PARTS, EXPLANATION]) {
      const real = await system.call(who, 'GET', `/api/v1/cases/${reference}${part}`);
      const none = await system.call(who, 'GET', `/api/v1/cases/${nowhere}${part}`);
      expect(bare(real, reference)).toEqual(bare(none, nowhere));
    }
    for (const verb of TRIED) {
      const real = await system.step(who, reference, verb, COMMAND_BODIES[verb]);
      const none = await system.step(who, nowhere, verb, COMMAND_BODIES[verb]);
      expect(bare(real, reference)).toEqual(bare(none, nowhere));
    }
    expect((await system.step(who, reference, 'acknowledge', { nonsense: true })).status).toBe(404);
  });

  it('changes nothing when it is refused', async () => {
    const types = async () =>
      (await at('triage').get('coordinator', '/timeline')).body.items.map(({ type }: { type: string }) => type);
    expect(await types()).toEqual(['opened', 'acknowledged', 'authority_verified', 'owner_assigned']);
    const [{ pending }] = await system.dataSource.query(
      'SELECT count(*)::int AS pending FROM command WHERE applied_at IS NULL',
    );
    expect(pending).toBe(0);
  });

  it('hides restricted fields, internal notes and competitors from responders', async () => {
    const restricted = [
      'focal@bravia',
      'alternate@bravia',
      'mission@bravia',
      'Internal:',
      'Demo Focal Point of Bravia',
      '"declaration"',
      '"circulationConsent"',
    ];
    for (const who of ['legalaid', 'helvia'])
      for (const part of ['', '/timeline', '/mail', '/export']) {
        const text = JSON.stringify((await at('delivery').get(who, part)).body);
        for (const secret of restricted)
          expect({ who, part, found: text.includes(secret) }).toEqual({ who, part, found: false });
        const competitor =
          who === 'legalaid'
            ? ['helvia@demo', 'QMX']
            : ['legalaid@demo', 'LEGALAID', 'Two remote sessions', 'The responder'];
        for (const name of competitor)
          expect({ who, part, name, found: text.includes(name) }).toEqual({ who, part, name, found: false });
      }
    expect((await at('delivery').seenBy('helvia')).plan).toBeNull();
    expect((await at('delivery').seenBy('legalaid')).plan.milestones).toHaveLength(1);
  });

  it('names to a responder the coordinators and its own people', async () => {
    const entries = (await at('delivery').get('legalaid', '/timeline')).body.items as {
      actor: { name: string } | null;
    }[];
    const names = new Set(entries.flatMap(({ actor }) => (actor ? [actor.name] : [])));
    expect([...names].sort()).toEqual(['Demo Coordinator A', 'Demo Legal Aid Officer']);
    expect(entries.some(({ actor }) => actor === null)).toBe(true);
  });

  it('hides internal notes from the State', async () => {
    for (const part of ['/timeline', '/export'])
      expect(JSON.stringify((await at('delivery').get('bravia', part)).body)).not.toContain('Internal:');
    expect(JSON.stringify((await at('delivery').get('coordinator2', '/timeline')).body)).toContain('Internal:');
  });

  it('keeps the mail ledger to one’s own address, except for coordinators', async () => {
    for (const who of ['bravia', 'legalaid', 'helvia']) {
      const { body } = await at('delivery').get(who, '/mail');
      const to = [...new Set(body.items.map((row: { to: string }) => row.to))];
      expect(to.every((address) => address === `${who}@demo.action48.test`)).toBe(true);
    }
    expect((await at('delivery').get('coordinator', '/mail')).body.items.length).toBeGreaterThan(3);
  });

  it('lists for everybody only what they may open, also when they search for it', async () => {
    const { reference } = at('delivery');
    const references = async (who: string, query: string) =>
      (await system.call(who, 'GET', `/api/v1/cases?${query}`)).body.items.map(
        (item: { reference: string }) => item.reference,
      );
    for (const who of STRANGERS)
      for (const query of ['', `q=${reference}`, 'state=QMB', 'stage=delivery', 'queue=unowned'])
        expect({ who, query, found: await references(who, query) }).toEqual({ who, query, found: [] });
    expect((await references('legalaid', '')).sort()).toEqual([at('circulated').reference, reference].sort());
    expect(await references('bravia', '')).toHaveLength(Object.keys(MAY).length);
    expect(await references('coordinator', 'queue=mine')).toHaveLength(Object.keys(MAY).length - 1);
  });
});
