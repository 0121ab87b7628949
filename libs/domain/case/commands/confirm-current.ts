import { text } from '../events.js';
import type { NationalStep } from '../events.js';
import { rule } from './rule.js';

/** The State says where its process stands. */
export const confirmCurrent = rule<{ step: NationalStep; text?: string }>({
  who: ['requester'],
  stages: ['national_process'],
  records: 'process_confirmed',
  evenWhen: ['dormant'],
  decide: ({ step, text: note }) => [{ type: 'process_confirmed', body: { step, text: note ? text(note) : null } }],
});
