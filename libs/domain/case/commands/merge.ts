import { Refusal } from '../refusal.js';
import { BEFORE_CIRCULATION } from './stages-before.js';
import { rule } from './rule.js';

/** The same need is on another case already; this one points to it and keeps its number. */
export const merge = rule<{ into: string }>({
  who: ['owner'],
  stages: BEFORE_CIRCULATION,
  records: 'merged',
  decide: ({ into }, _, { openCases }) => {
    if (!openCases(into))
      throw new Refusal('unknown_subject', 'into: no other open case of this State has this reference.');
    return [{ type: 'merged', body: { into } }];
  },
});
