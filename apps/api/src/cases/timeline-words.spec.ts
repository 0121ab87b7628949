import type { CaseView } from '#libs/case-reading/case-view.js';
import type { TimelineEntry } from '#libs/case-reading/timeline.js';
import { timelineView } from './timeline-words.js';

const view = { owner: { id: 'b', name: 'B' }, clocks: [], invitations: [], offers: [] } as unknown as CaseView;
let version = 0;
const entry = (type: TimelineEntry['type'], actorId: string, facts: TimelineEntry['facts'] = {}): TimelineEntry => {
  version += 1;
  const at = new Date(Date.UTC(2026, 10, 24, 9, version)).toISOString();
  return {
    version,
    type,
    at,
    recordedAt: at,
    actor: { id: actorId, name: actorId },
    internal: false,
    facts,
    words: {},
  };
};
const labels = (entries: TimelineEntry[], viewer: 'console' | 'state') =>
  timelineView(entries, view, viewer)
    .map(({ label }) => label)
    .reverse();

describe('who acted, on a timeline', () => {
  it('tells the outcome forms of both sides from the coordinators’', () => {
    const forms = ['requester', 'responder', 'coordinator'].map((side) => entry('outcome_recorded', side, { side }));
    expect(labels(forms, 'console')).toEqual(['State', 'Responder', 'Coordinator']);
    expect(labels(forms, 'state')).toEqual(['You', 'Responder', 'Coordinator']);
  });

  it('does not put into a State’s or responder’s mouth what an owner of then or now recorded', () => {
    const story = [
      entry('owner_assigned', 'a', { ownerId: 'a' }),
      entry('measure_adopted', 'a'),
      entry('progress_updated', 'b'),
      entry('reopened', 'focal point'),
    ];
    expect(labels(story, 'console').slice(1)).toEqual(['Coordinator', 'Coordinator', 'State']);
  });
});
