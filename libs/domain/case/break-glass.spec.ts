import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { visibleFields } from '../access/visible-fields.js';
import { Refusal } from './refusal.js';

const REASON = 'The State has complained to the President.';
const HOUR_MS = 3_600_000;
const reads = (story: CaseStory, who: keyof typeof CASE_PEOPLE = 'lead', at = story.now): boolean =>
  visibleFields(CASE_PEOPLE[who], story.state, at).has('restricted');
const refused = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'done';
};

describe('opening what is restricted with a reason', () => {
  it('lets the lead read for 24 hours from then, and ends by itself, also while the demonstration’s clock runs ahead', () => {
    const story = broughtTo('delivery');
    expect(reads(story)).toBe(false);
    story.does('lead', 'break-glass', { reason: REASON });
    const opened = story.now;
    expect([reads(story), reads(story, 'lead', opened + 24 * HOUR_MS - 1)]).toEqual([true, true]);
    expect(reads(story, 'lead', opened + 24 * HOUR_MS)).toBe(false);
    const { body } = story.log.findLast(({ type }) => type === 'glass_broken')!;
    expect(body).toMatchObject({ personId: 'lead', until: new Date(opened + 24 * HOUR_MS).toISOString() });
  });

  it('counts from the instant at which it took effect, not from the one at which it was written', () => {
    const story = broughtTo('delivery');
    story.passTo(story.now + 5 * HOUR_MS);
    const command = { verb: 'break-glass', body: { reason: REASON } } as const;
    story.send(CASE_PEOPLE.lead, command, story.now - 2 * HOUR_MS);
    expect(reads(story, 'lead', story.now + 22 * HOUR_MS - 1)).toBe(true);
    expect(reads(story, 'lead', story.now + 22 * HOUR_MS)).toBe(false);
  });

  it('is told to the State and to the owner, or to every coordinator while there is no owner', () => {
    const story = broughtTo('triage');
    story.does('lead', 'break-glass', { reason: REASON });
    expect(story.told.at(-1)?.notices.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      'glass_broken requester',
      'glass_broken L0',
    ]);
  });

  it('opens the case to nobody else, and no other case', () => {
    const story = broughtTo('delivery');
    const before = (Object.keys(CASE_PEOPLE) as (keyof typeof CASE_PEOPLE)[]).filter((who) => reads(story, who));
    story.does('lead', 'break-glass', { reason: REASON });
    const after = (Object.keys(CASE_PEOPLE) as (keyof typeof CASE_PEOPLE)[]).filter((who) => reads(story, who));
    expect(after.filter((who) => !before.includes(who))).toEqual(['lead']);
    expect(reads(broughtTo('delivery'))).toBe(false);
  });

  it.each(['', 'Curious.', `  ${'x'.repeat(19)}   `])('needs a reason of 20 characters; “%s” is none', (reason) => {
    expect(refused(() => broughtTo('triage').does('lead', 'break-glass', { reason }))).toContain('20 characters');
  });

  it('is not for whoever may read all of it already', () => {
    const story = broughtTo('triage');
    story.does('lead', 'take', {});
    expect(refused(() => story.does('lead', 'break-glass', { reason: REASON }))).toContain('not_possible_now');
    for (const who of ['owner', 'isu', 'focal point', 'legalaid'] as const)
      expect(refused(() => story.does(who, 'break-glass', { reason: REASON }))).toContain('not_permitted');
  });

  it('is possible on a case that has ended, and starts or stops no clock', () => {
    const story = broughtTo('delivery');
    story.does('focal point', 'withdraw', { reason: 'No longer needed.' });
    const clocks = story.runs().length;
    story.does('lead', 'break-glass', { reason: REASON });
    expect([reads(story), story.stage, story.runs().length]).toEqual([true, 'withdrawn', clocks]);
  });

  it('can be renewed with another reason, from then on', () => {
    const story = broughtTo('delivery');
    story.does('lead', 'break-glass', { reason: REASON });
    story.passTo(story.now + 30 * HOUR_MS);
    expect(reads(story)).toBe(false);
    story.does('lead', 'break-glass', { reason: `${REASON} Again.` });
    expect(reads(story, 'lead', story.now + 23 * HOUR_MS)).toBe(true);
  });
});

describe('a lead who acts for the owner without having opened the case', () => {
  const excluding = () => {
    const story = broughtTo('triage', '2026-11-24 10:00', ['drafting'], ['QMX']);
    const summary = 'Help with a bill.';
    story.does('owner', 'triage', { scope: 'Bill', priority: 'P2', needTypes: ['drafting'], summary });
    return { story, summary };
  };

  it('finds out by no refusal whom the State excludes, nor to whom it has agreed', () => {
    const { story, summary } = excluding();
    const ask = (who: 'lead' | 'owner', audience: string[]) =>
      refused(() => story.does(who, 'request-consent', { audience, summary }));
    expect(ask('owner', ['QMX'])).toContain('excluded QMX');
    const told = ask('lead', ['QMX', 'LEGALAID']);
    expect(told).not.toContain('QMX');
    story.does('owner', 'request-consent', { audience: ['LEGALAID', 'COALITION'], summary });
    story.does('focal point', 'give-consent', {});
    const send = (who: 'lead' | 'owner', organisations: string[]) =>
      refused(() => story.does(who, 'circulate', { organisations }));
    expect(send('owner', ['QMY', 'LEGALAID'])).toContain('not agreed to QMY');
    // One that is excluded and one that is only not agreed to are refused in the same words.
    expect(send('lead', ['QMX', 'LEGALAID'])).toBe(send('lead', ['QMY', 'LEGALAID']));
    expect(send('lead', ['QMY'])).not.toContain('QMY');
    story.does('lead', 'break-glass', { reason: REASON });
    expect(send('lead', ['QMY'])).toContain('not agreed to QMY');
  });

  it('can still do what the owner may: a case is never stuck', () => {
    const story = broughtTo('consent');
    story.does('focal point', 'give-consent', {});
    story.does('lead', 'circulate', { organisations: ['LEGALAID'] });
    expect(story.state.invitations).toEqual({ 'org-legalaid': 'invited' });
  });
});
