import { rule } from './rule.js';

/** The measure stands in the State's Article 7 report. */
export const recordReporting = rule<{ reportDate: string }>({
  who: ['owner', 'isu'],
  stages: ['reporting'],
  records: 'reporting_recorded',
  unless: ({ reported }) => (reported ? 'The report is recorded already: close the case.' : null),
  decide: ({ reportDate }) => [{ type: 'reporting_recorded', body: { reportDate } }],
});
