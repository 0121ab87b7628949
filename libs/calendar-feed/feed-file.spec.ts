import ICAL from 'ical.js';
import { feedFile } from './feed-file.js';
import type { OwnDeadline } from './own-deadlines.js';

const DEADLINE: OwnDeadline = {
  caseId: '0190a000-0000-7000-8000-000000000001',
  version: 7,
  touchedAt: new Date('2027-03-01T10:00:00.123Z'),
  reference: 'CCM-A9-2027-0042',
  stateName: 'Aurelia; North, and "South"\\',
  clock: 'responder_answer',
  subject: '0190a000-0000-7000-8000-0000000000aa',
  cycle: 1,
  title: 'Answer of the responder',
  dueAt: new Date('2027-03-29T15:00:00.000Z'),
  over: false,
};
const TERMS = { language: 'en', timezone: 'Africa/Lusaka', publicUrl: 'https://action48.example.test' };

const eventsOf = (file: string) => new ICAL.Component(ICAL.parse(file) as never).getAllSubcomponents('vevent');

describe('a file of deadlines', () => {
  it.each([
    ['the evening before the clocks go forward', '2027-03-27T16:00:00.000Z', '17:00 Geneva (CET) = 18:00 Lusaka'],
    ['the day after', '2027-03-29T15:00:00.000Z', '17:00 Geneva (CEST) = 17:00 Lusaka'],
    ['the hour that there is twice, first', '2027-10-31T00:30:00.000Z', '02:30 Geneva (CEST) = 02:30 Lusaka'],
    ['the hour that there is twice, again', '2027-10-31T01:30:00.000Z', '02:30 Geneva (CET) = 03:30 Lusaka'],
  ])('names the instant and both zones on %s', (_name, at, said) => {
    const [event] = eventsOf(feedFile([{ ...DEADLINE, dueAt: new Date(at) }], TERMS));
    const start = event?.getFirstPropertyValue('dtstart') as ICAL.Time;
    expect([start.zone.tzid, start.toJSDate().toISOString()]).toEqual(['UTC', at]);
    expect(String(event?.getFirstPropertyValue('description'))).toContain(said);
  });

  it.each(['ar', 'zh', 'ru', 'fr', 'es', 'pt', 'en'])(
    'is read again as it was written in %s, in lines of 75 bytes',
    (language) => {
      const file = feedFile([DEADLINE], { ...TERMS, language });
      for (const line of file.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/[\r\n\uFFFD]|[\uD800-\uDBFF]$/);
      }
      const [event] = eventsOf(file);
      expect(String(event?.getFirstPropertyValue('summary'))).toMatch(/^CCM-A9-2027-0042/);
      expect(String(event?.getFirstPropertyValue('description'))).toContain(DEADLINE.stateName);
      expect(event?.getFirstProperty('summary')?.getParameter('language')).toBe(language);
    },
  );

  it('cannot be broken by a name', () => {
    const stateName = 'X\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:file:///etc/passwd\u2028\u202Egnp';
    const events = eventsOf(feedFile([{ ...DEADLINE, stateName, title: stateName }], TERMS));
    expect(events).toHaveLength(1);
    expect(events[0]?.getFirstProperty('attach')).toBeNull();
  });

  it('calls one cycle of a clock always the same, another one otherwise, and says nothing by it', () => {
    const uid = (changes: Partial<OwnDeadline>) =>
      String(eventsOf(feedFile([{ ...DEADLINE, ...changes }], TERMS))[0]?.getFirstPropertyValue('uid'));
    const own = uid({});
    expect(own).toMatch(/^[0-9a-f]{32}@action48\.example\.test$/);
    expect(uid({ dueAt: new Date(0), version: 9, over: true })).toBe(own);
    expect(
      new Set([own, uid({ cycle: 2 }), uid({ subject: '' }), uid({ clock: 'triage' }), uid({ caseId: 'x' })]).size,
    ).toBe(5);
  });

  it('is a calendar without entries when nothing is due', () => {
    expect(eventsOf(feedFile([], TERMS))).toEqual([]);
  });
});
