import { broughtTo } from '../../../../test/support/case-routes.js';

/** Instants are times in Geneva, reckoned by hand; 25 and 31 December and 1 January are holidays. */
describe('the clocks from the plan to the Article 7 report', () => {
  it('gives 30 working days to agree a plan', () => {
    const story = broughtTo('planned', '2026-11-24 10:00').until('2027-03-01 12:00');
    expect(story.heard('plan')).toEqual([
      '2026-12-28 11:15 clock_warned: warning L0',
      '2027-01-08 17:00 clock_breached: breach L0, escalation L1',
    ]);
  });

  it('wants an update of the responder every 30 days', () => {
    const story = broughtTo('delivery', '2026-11-24 10:00').until('2027-02-01 12:00');
    expect(story.heard('responder_update')).toEqual([
      '2026-12-17 09:00 reminder_due: reminder responder',
      '2026-12-24 09:00 reminder_due: reminder responder',
      '2026-12-24 17:00 clock_breached: breach L0',
      '2027-01-12 17:00 clock_escalated: escalation L1',
    ]);
    story.does('legalaid', 'update-progress', { text: 'Drafting.' }, '2027-02-01 13:00');
    story.until('2027-03-10 12:00');
    expect(story.heard('responder_update').at(-1)).toBe('2027-03-03 17:00 clock_breached: breach L0');
  });

  it('asks the State for its view every 60 days', () => {
    const story = broughtTo('delivery', '2026-11-24 10:00').until('2027-03-01 12:00');
    // 60 days later is Saturday, 23 January 2027.
    expect(story.heard('requester_view')).toEqual([
      '2027-01-18 09:00 reminder_due: reminder requester',
      '2027-01-25 17:00 clock_breached: breach L0',
    ]);
  });

  it('tells of a late milestone: the owner at once, the lead after 10 working days, the ISU after 20', () => {
    const story = broughtTo('delivery', '2026-11-24 10:00').until('2027-06-01 12:00');
    expect(story.heard('milestone')).toEqual([
      '2027-01-18 09:00 reminder_due: reminder responder',
      '2027-01-25 17:00 clock_breached: breach L0',
      '2027-02-08 17:00 clock_escalated: escalation L1',
      '2027-02-22 17:00 clock_escalated: escalation L2',
    ]);
  });

  it('hears no more of a milestone that is done', () => {
    const story = broughtTo('delivery', '2026-11-24 10:00');
    const milestones = Object.keys(story.state.milestones).map((id) => ({ id, done: true }));
    story.does('legalaid', 'update-progress', { text: 'Done.', milestones }, '2026-12-01 10:00');
    story.until('2027-06-01 12:00');
    expect(story.heard('milestone')).toEqual([]);
  });

  it('asks every 90 days whether the national process is current; it is never late', () => {
    const story = broughtTo('national_process', '2026-11-24 10:00').until('2028-06-01 12:00');
    expect(story.heard('heartbeat').slice(0, 3)).toEqual([
      '2027-02-15 09:00 reminder_due: reminder requester',
      '2027-02-22 09:00 reminder_due: reminder requester',
      '2027-02-22 17:00 heartbeat_missed',
    ]);
    expect(story.log.filter(({ type }) => type === 'clock_breached')).toEqual([]);
  });

  it('lets the lead call after two missed heartbeats, and is dormant after four', () => {
    const story = broughtTo('national_process', '2026-11-24 10:00').until('2028-06-01 12:00');
    expect(story.heard('heartbeat').filter((line) => !line.includes('reminder'))).toEqual([
      '2027-02-22 17:00 heartbeat_missed',
      '2027-05-24 17:00 heartbeat_missed',
      '2027-05-24 17:00 clock_escalated: escalation L1',
      '2027-08-23 17:00 heartbeat_missed',
      '2027-11-22 17:00 heartbeat_missed',
      '2027-11-22 17:00 became_dormant: dormant requester, dormant L0',
    ]);
    expect(story.stage).toBe('dormant');
  });

  it('counts missed heartbeats from zero after the State has confirmed', () => {
    const story = broughtTo('national_process', '2026-11-24 10:00');
    story.does('focal point', 'confirm-current', { step: 'tabled' }, '2027-03-01 10:00');
    story.until('2027-07-01 12:00');
    expect(story.heard('heartbeat').filter((line) => line.includes('escalated'))).toEqual([]);
  });

  it.each(['start-national-process', 'confirm-current'] as const)(
    'gives 30 days to record a law that is in force, as said by %s',
    (verb) => {
      const story = broughtTo(verb === 'confirm-current' ? 'national_process' : 'delivery', '2026-11-24 10:00');
      if (verb === 'confirm-current') story.does('focal point', verb, { step: 'in_force' });
      else story.does('owner', verb, { lawTitle: 'An act', step: 'in_force' });
      story.until('2027-01-10 12:00');
      expect(story.heard('record_adoption')).toEqual([
        '2026-12-17 09:00 reminder_due: reminder requester',
        '2026-12-17 11:15 clock_warned: warning L0',
        '2026-12-24 17:00 clock_breached: breach L0',
      ]);
    },
  );

  it('wants the Article 7 report by the next 30 April; the ISU helps with it', () => {
    const story = broughtTo('reporting', '2026-11-24 10:00').until('2027-08-01 12:00');
    expect(story.heard('reporting')).toEqual([
      '2027-03-22 15:15 clock_warned: warning L0, warning L2',
      '2027-04-23 09:00 reminder_due: reminder requester',
      '2027-04-30 17:00 clock_breached: breach L0, escalation L2',
    ]);
  });

  it.each([
    ['2027-04-29 10:00', '2027-04-30 17:00'],
    // Of a law of 30 April the next report is that of the year after, due on a Sunday: Monday is early enough.
    ['2027-04-30 10:00', '2028-05-01 17:00'],
  ])('of a law recorded at %s, by %s', (adopted, due) => {
    const story = broughtTo('reporting', adopted).until('2028-08-01 12:00');
    expect(story.heard('reporting').at(-1)).toContain(`${due} clock_breached`);
  });

  it('gives ten working days to close a reported case', () => {
    const story = broughtTo('reporting', '2026-11-24 10:00');
    story.does('isu', 'record-reporting', { reportDate: '2026-11-23' });
    story.until('2027-02-01 12:00');
    expect(story.heard('closure')).toEqual([
      '2026-12-04 11:15 clock_warned: warning L0',
      '2026-12-08 17:00 clock_breached: breach L0, escalation L1',
    ]);
  });
});
