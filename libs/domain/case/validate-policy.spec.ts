import { DELIVERED_CALENDARS } from '../calendar/calendar-book.js';
import type { ClockPolicy } from './clock-policy.js';
import { DELIVERED_CLOCKS } from './delivered-policy.js';
import { validatePolicy } from './validate-policy.js';

/** Why the delivered policy with this change to one of its clocks (acknowledge) is refused: fields and messages. */
const refused = (change: object, name = 'acknowledge'): string[] => {
  const clocks = DELIVERED_CLOCKS.map((clock) => (clock.name === name ? { ...clock, ...change } : clock));
  const at = `clocks.${DELIVERED_CLOCKS.findIndex((clock) => clock.name === name)}.`;
  return validatePolicy(clocks, DELIVERED_CALENDARS).map(
    ({ field, message }) => `${field.replace(at, '')}: ${message}`,
  );
};
const fieldsOf = (change: object, name?: string): string[] =>
  refused(change, name).map((problem) => problem.replace(/: .*/, ''));
const warning = DELIVERED_CLOCKS[0]?.steps[0];
const steps = (...changes: object[]) => ({ steps: changes.map((change) => ({ ...warning, ...change })) });

describe('a policy', () => {
  it('may be published as the program brings it, also after a journey as JSON', () => {
    expect(validatePolicy(DELIVERED_CLOCKS, DELIVERED_CALENDARS)).toEqual([]);
    expect(validatePolicy(JSON.parse(JSON.stringify(DELIVERED_CLOCKS)), DELIVERED_CALENDARS)).toEqual([]);
  });

  it.each([[null], ['clocks'], [{}], [{ length: 3 }], [7]])('is a list of clocks, not %j', (given) => {
    expect(validatePolicy(given, DELIVERED_CALENDARS)).toEqual([
      { field: 'clocks', message: 'must be a list of clocks' },
    ]);
  });

  it.each([[null], [[]], ['acknowledge'], [1]])('has no member such as %j', (given) => {
    expect(validatePolicy([given], DELIVERED_CALENDARS)).toEqual([{ field: 'clocks.0', message: 'is not a clock' }]);
  });

  it('leaves no stage without a clock', () => {
    const without = DELIVERED_CLOCKS.filter(({ stage }) => stage !== 'triage' && stage !== 'suspended');
    expect(validatePolicy(without, DELIVERED_CALENDARS).map(({ message }) => message)).toEqual([
      'leaves the stage triage without a clock',
      'leaves the stage suspended without a clock',
    ]);
  });

  it('has no two clocks of one name', () => {
    const [first] = DELIVERED_CLOCKS as [ClockPolicy];
    expect(validatePolicy([...DELIVERED_CLOCKS, first], DELIVERED_CALENDARS)).toEqual([
      { field: `clocks.${DELIVERED_CLOCKS.length}.name`, message: 'another clock is named acknowledge' },
    ]);
  });

  it('is refused by its size before it is looked at', () => {
    const [first] = DELIVERED_CLOCKS as [ClockPolicy];
    const many = Array.from({ length: 200_000 }, (_, index) => ({ ...first, name: `clock_${index}` }));
    expect(validatePolicy(many, DELIVERED_CALENDARS)).toEqual([
      { field: 'clocks', message: 'must be at most 100 clocks' },
    ]);
  });
});

describe('a clock of a policy', () => {
  it.each([
    [{ name: 'Acknowledge' }, 'name'],
    [{ name: '__proto__' }, 'name'],
    [{ name: undefined }, 'name'],
    [{ title: '   ' }, 'title'],
    [{ title: 'x'.repeat(121) }, 'title'],
    [{ stage: 'matched' }, 'stage'],
    [{ stage: 'constructor' }, 'stage'],
    [{ calendar: 'mars' }, 'calendar'],
    [{ startsOn: ['openend'] }, 'startsOn.0'],
    [{ startsOn: 'opened' }, 'startsOn'],
    [{ startsOn: ['opened', 'opened'] }, 'startsOn'],
    [{ endsOn: null }, 'endsOn'],
    [{ startsIf: 'it rains' }, 'startsIf'],
    [{ subjects: 'toString' }, 'subjects'],
    [{ onReopening: 'forget' }, 'onReopening'],
    [{ pausedBy: ['lunch'] }, 'pausedBy.0'],
    [{ rearms: 'yes' }, 'rearms'],
    [{ whenDue: '__proto__' }, 'whenDue'],
    [{ breachTo: ['L0', 'L9'] }, 'breachTo.1'],
    [{ onChange: null }, 'onChange'],
    [{ onChange: { retarget: 'backwards' } }, 'onChange.retarget'],
    [{ onChange: { retarget: 'from_now', minRunwayMs: -1 } }, 'onChange.minRunwayMs'],
    [{ onChange: { retarget: 'from_now', minRunwayMs: 1e300 } }, 'onChange.minRunwayMs'],
    [{ byPriority: null }, 'byPriority'],
    [{ byPriority: 'P1' }, 'byPriority'],
    [{ byPriority: { P4: { days: 1 } } }, 'byPriority.P4'],
    [{ byPriority: { P1: { days: 0 } } }, 'byPriority.P1'],
    [{ byPriority: { P1: { date: 'next 30 April' } } }, 'byPriority.P1'],
    [{ tagret: { days: 3 } }, 'tagret'],
  ])('is refused with %j at that field', (change, field) => {
    expect(fieldsOf(change)).toEqual([field]);
  });

  it('has no key that would reach behind an object', () => {
    const clocks = JSON.parse(
      JSON.stringify(DELIVERED_CLOCKS).replace('"name":"acknowledge"', '"__proto__":{"x":1},"name":"acknowledge"'),
    ) as unknown;
    expect(validatePolicy(clocks, DELIVERED_CALENDARS)).toEqual([
      { field: 'clocks.0.__proto__', message: 'is not a field here' },
    ]);
  });

  it.each([
    [{ days: -3 }],
    [{ days: 0 }],
    [{ days: 2.5 }],
    [{ days: '3' }],
    [{ days: 4000 }],
    [{ workingDays: -1, at: 'close' }],
    [{ workingDays: 1.5, at: 'close' }],
    [{ open: 'PT0S' }],
    [{ open: 'P2D' }],
    [{ open: 'eight hours' }],
    [{ open: 8 }],
    [{ open: 'PT99999999999H' }],
    [{ on: '2027-01-01' }],
    [{ date: 'Christmas' }],
    [{ days: 3, workingDays: 3, at: 'close' }],
    [{ hours: 3 }],
    [{}],
    [null],
    ['P3D'],
  ])('does not promise %j', (target) => {
    const fields = fieldsOf({ target });
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => !/^target\b/.test(field))).toEqual([]);
  });

  it('says at which time of the last working day it is due', () => {
    expect(refused({ target: { workingDays: 2, at: 'noon' } })).toEqual(['target.at: must be close or same_time']);
    expect(refused({ target: { workingDays: 2, at: 'same_time' } })).toEqual([]);
  });

  it('needs an event that starts it and one that stops it: an end alone is no answer', () => {
    expect(refused({ startsOn: [] })).toEqual(['startsOn: an event must start the clock']);
    expect(refused({ stopsOn: [], endsOn: ['acknowledged'] })).toEqual([
      'stopsOn: an end without a stop: an event must stop the clock',
    ]);
  });

  it('is never stopped by an internal note (sla.md 2.3)', () => {
    expect(refused({ stopsOn: ['note_added'] })).toEqual(['stopsOn: an internal note never stops a clock']);
  });

  it('is neither started nor stopped by what clocks say of themselves: it would run for ever', () => {
    expect(fieldsOf({ rearms: true, stopsOn: ['acknowledged', 'clock_warned'] })).toEqual(['stopsOn.1']);
    expect(fieldsOf({ startsOn: ['clock_breached'] })).toEqual(['startsOn.0']);
  });

  it('is heard of by somebody on the ladder when it is late', () => {
    const nobody = ['breachTo: somebody on the ladder must hear of a breach: L0, L1, L2 or L3'];
    expect(refused({ breachTo: [] })).toEqual(nobody);
    expect(refused({ breachTo: ['requester', 'responder'] })).toEqual(nobody);
    expect(refused({ breachTo: ['L3'] })).toEqual([]);
  });

  it('turns the process only in the stage where that turn belongs', () => {
    expect(refused({ whenDue: 'became_unmatched' })).toEqual([
      'whenDue: became_unmatched is no turn of the stage submitted',
    ]);
  });

  it('takes a date only from the event that names it', () => {
    const target = { date: 'date of the review' };
    expect(refused({ target })).toEqual([
      'target: only suspended names the date of the review: it alone may start the clock',
    ]);
    expect(refused({ target, startsOn: ['suspended'] })).toEqual([]);
    expect(fieldsOf({ target: { date: 'date of the milestone' }, startsOn: ['plan_agreed'] })).toEqual(['target']);
    expect(refused({ target: { date: 'next 30 April' } })).toEqual([]);
  });
});

describe('a step of a clock', () => {
  it.each([
    [{ id: 'due' }, 'steps.0.id'],
    [{ id: '' }, 'steps.0.id'],
    [{ kind: 'threat' }, 'steps.0.kind'],
    [{ to: [] }, 'steps.0.to'],
    [{ to: ['everybody'] }, 'steps.0.to.0'],
    [{ kind: 'escalation' }, 'steps.0.level'],
    [{ kind: 'escalation', level: 4 }, 'steps.0.level'],
    [{ at: { percent: 0 } }, 'steps.0.at'],
    [{ at: { percent: 100 } }, 'steps.0.at'],
    [{ at: { percent: '50' } }, 'steps.0.at'],
    [{ at: { openBefore: 'PT0S' } }, 'steps.0.at'],
    [{ at: { openBefore: 4 } }, 'steps.0.at'],
    [{ at: { openBefore: 'P1D' } }, 'steps.0.at'],
    [{ at: { workingDays: 0.5 } }, 'steps.0.at'],
    [{ at: { workingDays: -4000 } }, 'steps.0.at'],
    [{ at: { daysFromStart: 0 } }, 'steps.0.at'],
    [{ at: { percent: 50, workingDays: 1 } }, 'steps.0.at'],
    [{ at: {} }, 'steps.0.at'],
    [{ at: null }, 'steps.0.at'],
    [{ urgent: true }, 'steps.0.urgent'],
  ])('is refused with %j at that field', (change, field) => {
    expect(fieldsOf(steps(change))).toEqual([field]);
  });

  it('is told from the others of its clock', () => {
    expect(refused(steps({}, { at: { percent: 50 } }))).toEqual(['steps.1.id: another step of this clock has this id']);
  });

  it('is one of at most thirty', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ id: `s${index}` }));
    expect(refused(steps(...many))).toEqual(['steps: must be at most 30']);
    expect(refused({ steps: [null] })).toEqual(['steps.0: is not a step']);
  });
});
