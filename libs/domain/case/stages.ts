export const STAGES = [
  'submitted',
  'verification',
  'triage',
  'returned',
  'consent',
  'circulated',
  'matching',
  'unmatched',
  'planned',
  'delivery',
  'national_process',
  'reporting',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

export const SIDE_STATES = ['suspended', 'dormant', 'withdrawn', 'declined', 'merged', 'referred'] as const;
export type SideState = (typeof SIDE_STATES)[number];

/** Side states from which a case does not come back. */
export const ENDED: readonly SideState[] = ['withdrawn', 'declined', 'merged', 'referred'];
