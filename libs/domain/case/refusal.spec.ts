import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import type { Who } from '../../../test/support/case-people.js';
import { SAMPLES } from '../../../test/support/case-commands.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { VERBS } from './commands/index.js';
import type { CaseCommand, Verb } from './commands/index.js';
import { decide } from './decide.js';
import { Refusal } from './refusal.js';
import { STAGES } from './stages.js';

function refused(story: CaseStory, who: Who, verb: Verb): Refusal | null {
  try {
    const actor = CASE_PEOPLE[who];
    decide(story.state, { verb, body: SAMPLES[verb] } as CaseCommand, story.context(actor));
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
const words = (story: CaseStory, who: Who, verb: Verb) => refused(story, who, verb)?.message;

describe('a refusal', () => {
  it('says whose step it is', () => {
    expect(words(broughtTo('consent'), 'owner', 'give-consent')).toBe(
      'Only the requesting State may consent to circulation.',
    );
    expect(words(broughtTo('reporting'), 'focal point', 'record-reporting')).toBe(
      'Only the owner of the case or the ISU may record the Article 7 report.',
    );
  });

  it('says in which stage the step is possible, and in which the case is', () => {
    expect(words(broughtTo('triage'), 'coordinator', 'acknowledge')).toBe(
      'You may acknowledge the request only in Submitted; the case is in Triage.',
    );
    expect(words(broughtTo('closed'), 'owner', 'suspend')).toBe(
      'You may suspend the case only while it is open; the case is in Closed.',
    );
  });

  it('says that a resting case must be resumed first, and what may be done meanwhile', () => {
    const story = broughtTo('delivery', '2026-11-24 10:00');
    story.does('owner', 'suspend', { reason: 'Crisis.', reviewOn: '2027-02-01' });
    const refusal = refused(story, 'owner', 'update-progress');
    expect(refusal?.message).toBe('The case is suspended: you may report progress once it has been resumed.');
    expect(refusal?.allowed).toContain('resume');
  });

  it('says how a case has ended, and where a merged one goes on', () => {
    const story = broughtTo('triage');
    story.does('owner', 'merge', { into: 'CCM-A9-2026-0001' });
    expect(words(story, 'owner', 'triage')).toContain('merged into CCM-A9-2026-0001');
    const withdrawn = broughtTo('triage');
    withdrawn.does('focal point', 'withdraw', { reason: 'No longer needed.' });
    expect(words(withdrawn, 'owner', 'triage')).toContain('it was withdrawn');
  });

  it('speaks in sentences, never in the names of verbs, stages or relations', () => {
    const said = STAGES.flatMap((stage) => {
      const story = broughtTo(stage);
      return (['focal point', 'owner', 'lead', 'legalaid'] as const).flatMap((who) =>
        VERBS.flatMap((verb) => words(story, who, verb) ?? []),
      );
    });
    expect(said.length).toBeGreaterThan(100);
    const jargon = /\b[a-z]+_[a-z]+\b|\b(undefined|null)\b/;
    const particulars = /^\w+(\[\d+\]\.\w+)?: /;
    expect(said.filter((sentence) => jargon.test(sentence.replace(particulars, '')))).toEqual([]);
    expect(said.filter((sentence) => !sentence.endsWith('.'))).toEqual([]);
  });
});
