import { text } from '../events.js';
import type { NationalStep } from '../events.js';
import { rule } from './rule.js';

/** The draft is with the State: its process is sovereign and never breached, only asked after. */
export const startNationalProcess = rule<{ lawTitle: string; step: NationalStep }>({
  who: ['owner'],
  stages: ['delivery'],
  records: 'national_process_started',
  unless: ({ law }) => (law ? null : 'No law follows from this request: close the case when the help is delivered.'),
  decide: ({ lawTitle, step }) => [{ type: 'national_process_started', body: { lawTitle: text(lawTitle), step } }],
});
