import { overAt, retentionAt } from './retention-policy.js';

const at = (text: string): number => Date.parse(text);
const one = retentionAt(at('2027-01-01T00:00:00Z'));

describe('the time for which a case is kept', () => {
  it.each([
    ['2027-03-10T08:00:00Z', 'contacts', '2029-03-10T08:00:00.000Z'],
    ['2027-03-10T08:00:00Z', 'content', '2037-03-10T08:00:00.000Z'],
    ['2028-02-29T08:00:00Z', 'contacts', '2030-02-28T08:00:00.000Z'],
  ] as const)('of one that ended at %s is over for its %s at %s', (ended, what, over) => {
    expect(new Date(overAt(at(ended), what, one)).toISOString()).toBe(over);
  });

  it('goes by the version that applies when it is asked', () => {
    const later = { ...one, version: 2, from: '2030-01-01T00:00:00.000Z', contactsMonths: 12 };
    expect(retentionAt(at('2029-12-31T00:00:00Z'), [one, later]).version).toBe(1);
    expect(retentionAt(at('2030-01-01T00:00:00Z'), [one, later]).version).toBe(2);
    expect(retentionAt(0, [one, later]).version).toBe(1);
  });
});
