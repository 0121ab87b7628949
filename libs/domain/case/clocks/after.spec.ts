import { broughtTo } from '../../../../test/support/case-routes.js';

describe('the clocks of a closed case, and of a suspended one', () => {
  it('keeps only the outcome form and the two follow-ups', () => {
    expect(broughtTo('closed').openClocks()).toEqual(['outcome_form', 'follow_up']);
  });

  it('wants the outcome form of both sides within 20 working days, and reminds each of its own', () => {
    const story = broughtTo('closed', '2026-11-24 10:00').until('2027-02-01 12:00');
    expect(story.heard('outcome_form')).toEqual([
      '2026-12-15 09:00 reminder_due: reminder requester',
      '2026-12-15 09:00 reminder_due: reminder responder',
      '2026-12-22 17:00 clock_breached: breach L0',
      '2026-12-22 17:00 clock_breached: breach L0',
    ]);
  });

  it('expects no outcome form of a responder where nobody has helped', () => {
    const story = broughtTo('unmatched', '2026-11-24 10:00');
    story.does('owner', 'close', { outcome: 'no_offer_found', text: 'Nobody.' });
    const forms = story.runs().filter(({ policy }) => policy.name === 'outcome_form');
    expect(forms.map(({ subject }) => subject)).toEqual(['requester']);
  });

  it('is done with a side that has sent its form', () => {
    const story = broughtTo('closed', '2026-11-24 10:00');
    story.does('focal point', 'record-outcome', { text: 'It served us well.' });
    story.until('2027-02-01 12:00');
    expect(story.heard('outcome_form')).toEqual([
      '2026-12-15 09:00 reminder_due: reminder responder',
      '2026-12-22 17:00 clock_breached: breach L0',
    ]);
  });

  it('checks six and twelve months after closure, to the day', () => {
    const story = broughtTo('closed', '2026-11-24 10:00').until('2028-02-01 12:00');
    expect(story.heard('follow_up')).toEqual([
      '2027-05-14 09:00 reminder_due: reminder L0',
      '2027-05-24 17:00 clock_breached: breach L0',
      '2027-11-17 09:00 reminder_due: reminder L0',
      '2027-11-24 17:00 clock_breached: breach L0',
    ]);
  });

  it('checks on the last day of a month that has no 31st', () => {
    const story = broughtTo('closed', '2026-08-31 10:00').until('2027-03-05 12:00');
    // Six months later ends on Sunday, 28 February 2027.
    expect(story.heard('follow_up').at(-1)).toBe('2027-03-01 17:00 clock_breached: breach L0');
  });

  it('falls silent once both forms and both follow-ups are in', () => {
    const story = broughtTo('closed', '2026-11-24 10:00');
    story.does('focal point', 'record-outcome', { text: 'Good.' });
    story.does('legalaid', 'record-outcome', { text: 'Good.' });
    story.does('owner', 'record-follow-up', { followUp: '6_months', text: 'In force.' }, '2027-05-03 10:00');
    story.does('owner', 'record-follow-up', { followUp: '12_months', text: 'In force.' }, '2027-11-02 10:00');
    expect(story.openClocks()).toEqual([]);
    const events = story.log.length;
    expect(story.until('2030-01-01 12:00').log).toHaveLength(events);
  });

  it('reminds the owner on the day on which a suspension is to be reviewed; five working days later the lead', () => {
    const story = broughtTo('delivery', '2026-11-24 10:00');
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-22' });
    story.until('2027-06-01 12:00');
    expect(story.heard('suspension_review')).toEqual([
      '2027-02-22 09:00 reminder_due: reminder L0',
      '2027-02-22 17:00 clock_breached: breach L0',
      '2027-03-01 17:00 clock_escalated: escalation L1',
    ]);
    expect(story.heard('responder_update')).toEqual([]);
  });

  it.each([
    ['2026-11-24', 'today'],
    ['2027-05-24', '181 days away'],
    ['2026-11-01', 'past'],
  ])('takes no review date of %s (%s)', (reviewOn) => {
    const story = broughtTo('delivery', '2026-11-24 10:00');
    expect(() => story.does('owner', 'suspend', { reason: 'Elections.', reviewOn })).toThrow('180 days');
  });

  it('takes a review date 180 days away', () => {
    const story = broughtTo('delivery', '2026-11-24 10:00');
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-05-23' });
    expect(story.stage).toBe('suspended');
  });
});
