import { text } from '../events.js';
import type { Audience, Shown } from '../state.js';
import { resolveOrganisations } from './organisations.js';
import { rule } from './rule.js';

/** The owner shows the State the summary and who would read it. */
export const requestConsent = rule<{ audience: Audience; summary: string; shows?: Shown }>({
  who: ['owner'],
  stages: ['consent'],
  records: 'consent_requested',
  unless: ({ consent }) =>
    consent?.status === 'requested' ? 'Consent has been asked for; the State has not answered yet.' : null,
  decide: ({ audience, summary, shows }, state, context) => [
    {
      type: 'consent_requested',
      body: {
        audience: audience === 'all_matching' ? audience : resolveOrganisations('audience', audience, state, context),
        summary: text(summary),
        ...(shows && { shows }),
      },
    },
  ],
});
