import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { cycleKey } from '../state.js';
import { rule } from './rule.js';

/** The lead finds a breach excusable; it stays in the ledger, with the reason beside it. */
export const excuseBreach = rule<{ clock: string; subject?: string; cycle?: number; reason: string }>({
  who: ['lead'],
  stages: 'open',
  records: 'breach_excused',
  evenWhen: ['suspended', 'dormant'],
  unless: ({ breaches }) => (Object.values(breaches).includes('standing') ? null : 'No clock of this case is late.'),
  decide: ({ clock, subject = '', cycle = 1, reason }, { breaches }) => {
    if (breaches[cycleKey({ clock, subject, cycle })] !== 'standing')
      throw new Refusal('unknown_subject', 'clock: this cycle of this clock has no breach to excuse.');
    return [{ type: 'breach_excused', body: { clock, subject, cycle, reason: text(reason) } }];
  },
});
