import type { SideState, Stage } from './stages.js';

export interface StageRow {
  title: string;
  /** The case is in this stage while … */
  meaning: string;
  leadsTo: readonly (Stage | SideState)[];
}

/** The lifecycle table of `product.md`: each stage and where it leads; its clocks are in the policy. Any open case may also be suspended or withdrawn. */
export const LIFECYCLE: Record<Stage, StageRow> = {
  submitted: {
    title: 'Submitted',
    meaning: 'the State waits to hear from a person',
    leadsTo: ['verification', 'referred', 'declined', 'merged'],
  },
  verification: {
    title: 'Verification',
    meaning: 'the authority to speak for the State is checked',
    leadsTo: ['triage', 'referred', 'declined', 'merged'],
  },
  triage: {
    title: 'Triage',
    meaning: 'owner, scope, priority, duplicates and completeness are settled',
    leadsTo: ['consent', 'returned', 'referred', 'declined', 'merged'],
  },
  returned: {
    title: 'Returned for information',
    meaning: 'questions are with the State',
    leadsTo: ['triage', 'dormant', 'referred', 'declined', 'merged'],
  },
  consent: {
    title: 'Consent to circulate',
    meaning: 'the State decides who may read the summary',
    leadsTo: ['circulated', 'referred', 'declined', 'merged'],
  },
  circulated: {
    title: 'Circulated',
    meaning: 'responders are asked to answer',
    leadsTo: ['matching', 'unmatched'],
  },
  matching: {
    title: 'Matching',
    meaning: 'at least one responder is interested; the State decides on offers',
    leadsTo: ['planned', 'unmatched'],
  },
  unmatched: {
    title: 'Unmatched',
    meaning: 'no acceptable offer after 60 days',
    leadsTo: ['matching', 'closed'],
  },
  planned: {
    title: 'Planned',
    meaning: 'the work is being agreed',
    leadsTo: ['delivery'],
  },
  delivery: {
    title: 'Delivery',
    meaning: 'the work is done',
    leadsTo: ['national_process', 'closed'],
  },
  national_process: {
    title: 'National process',
    meaning: 'the draft is with the State, whose process is sovereign',
    leadsTo: ['reporting', 'dormant'],
  },
  reporting: {
    title: 'Reporting',
    meaning: 'the measure is in force and goes into the Article 7 report',
    leadsTo: ['closed'],
  },
  closed: {
    title: 'Closed',
    meaning: 'only the outcome form and two follow-ups remain',
    leadsTo: ['delivery', 'reporting', 'unmatched'],
  },
};
