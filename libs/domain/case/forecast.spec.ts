import { broughtTo } from '../../../test/support/case-routes.js';
import { CaseStory, geneva, inGeneva } from '../../../test/support/case-story.js';
import { foresee } from './forecast.js';

const foreseen = ({ log, rules }: CaseStory, until: string): string[] =>
  foresee(log, rules, geneva(until)).map(
    ({ effectiveAt, type, body }) => `${inGeneva(effectiveAt)} ${type} ${body.clock}`,
  );

describe('what the clocks of a case will record if nobody acts', () => {
  it('is the breach, and nothing where the deadline lies beyond the horizon', () => {
    const story = new CaseStory('2026-11-24 10:00');
    expect(foreseen(story, '2026-11-26 16:59')).toEqual([]);
    expect(foreseen(story, '2026-11-26 17:00')).toEqual(['2026-11-26 17:00 clock_breached acknowledge']);
  });

  it('goes on past the breach: escalations, and a case that turns unmatched or dormant', () => {
    const story = broughtTo('circulated', '2026-11-24 10:00');
    expect(foreseen(story, '2027-02-15 10:00')).toContain('2027-01-25 17:00 became_unmatched acceptable_offer');
    expect(foreseen(broughtTo('national_process', '2026-11-24 10:00'), '2027-06-01 10:00')).toEqual([
      '2027-02-22 17:00 heartbeat_missed heartbeat',
      '2027-05-24 17:00 heartbeat_missed heartbeat',
      '2027-05-24 17:00 clock_escalated heartbeat',
    ]);
  });

  it('is exactly what happens when nobody acts', () => {
    const story = broughtTo('returned', '2026-11-24 10:00');
    const expected = foreseen(story, '2027-06-01 10:00');
    const before = story.log.length;
    story.until('2027-06-01 10:00');
    const happened = story.log
      .slice(before)
      .flatMap(({ effectiveAt, type, body }) =>
        ['reminder_due', 'clock_warned'].includes(type) || !('clock' in body)
          ? []
          : [`${inGeneva(effectiveAt)} ${type} ${body.clock}`],
      );
    expect(expected.length).toBeGreaterThan(0);
    expect(expected).toEqual(happened);
  });
});
