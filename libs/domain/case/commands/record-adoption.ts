import { text } from '../events.js';
import { rule } from './rule.js';

/** The law or other measure is in force. */
export const recordAdoption = rule<{ title: string; number?: string; date: string; url?: string }>({
  who: ['owner', 'requester'],
  stages: ['national_process'],
  records: 'measure_adopted',
  evenWhen: ['dormant'],
  decide: ({ title, number, date, url }) => [
    { type: 'measure_adopted', body: { title: text(title), number: number ?? null, date, url: url ?? null } },
  ],
});
