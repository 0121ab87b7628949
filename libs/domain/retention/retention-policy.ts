/** What is erased of a case, and when. A version is never changed, only followed by another. */
export interface RetentionPolicy {
  version: number;
  /** From when it applies (ISO 8601 UTC). */
  from: string;
  /** Months after its end at which the personal data of a case goes. */
  contactsMonths: number;
  /** Months after its end at which everything but its summary goes. */
  contentMonths: number;
  source: string;
}

export const RETENTION_POLICIES: readonly RetentionPolicy[] = [
  {
    version: 1,
    from: '2026-01-01T00:00:00.000Z',
    contactsMonths: 24,
    contentMonths: 120,
    source: 'product.md, Roles and confidentiality: personal data 24 months after closure, 10 years then summary only',
  },
];

/** Classes of data, in the order in which their time is over. */
export const ERASURE_CLASSES = ['contacts', 'content'] as const;
export type ErasureClass = (typeof ERASURE_CLASSES)[number];

/** The version that applies at an instant (epoch ms). */
export function retentionAt(at: number, policies = RETENTION_POLICIES): RetentionPolicy {
  const found = policies.findLast(({ from }) => Date.parse(from) <= at) ?? policies[0];
  if (!found) throw new Error('there is no retention policy');
  return found;
}

/** When the time of a class of data is over for a case that ended at an instant (both epoch ms), by the UTC calendar. */
export function overAt(endedAt: number, what: ErasureClass, policy: RetentionPolicy): number {
  const months = what === 'contacts' ? policy.contactsMonths : policy.contentMonths;
  const end = new Date(endedAt);
  const over = new Date(endedAt);
  over.setUTCMonth(over.getUTCMonth() + months);
  // The 31st of a month that has none: the last day of that month, not the first of the next.
  if (over.getUTCDate() !== end.getUTCDate()) over.setUTCDate(0);
  return over.getTime();
}
