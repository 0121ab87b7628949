import { text } from '../events.js';
import type { NeedType } from '../request-form.js';
import type { Priority } from '../state.js';
import { noOwnerYet } from './no-owner-yet.js';
import { rule } from './rule.js';

/** The owner settles scope, needs and priority, and writes the summary that may be circulated. */
export const triage = rule<{ scope: string; priority: Priority; needTypes: NeedType[]; summary: string }>({
  who: ['owner'],
  stages: ['triage'],
  records: 'triaged',
  unless: noOwnerYet,
  decide: ({ scope, priority, needTypes, summary }) => [
    { type: 'triaged', body: { scope: text(scope), priority, needTypes, summary: text(summary) } },
  ],
});
