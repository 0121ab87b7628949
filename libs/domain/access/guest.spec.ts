import { broughtTo } from '../../../test/support/case-routes.js';
import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import { SAMPLES } from '../../../test/support/case-commands.js';
import { decide, possibleVerbs } from '../case/decide.js';
import { STAGES } from '../case/stages.js';
import type { CaseState } from '../case/state.js';
import { can, visibleFields } from './can.js';
import { relationsOf } from './relations.js';
import type { Actor } from './roles.js';

const guest: Actor = { personId: 'guest', roles: [], organisationId: null, stateCode: null, guestOf: 'this' };
const nobody: Actor = { ...guest, guestOf: null };
const state = (stage: CaseState['stage'], caseId = 'this'): CaseState => ({ ...broughtTo(stage).state, caseId });

describe('somebody who follows one request by a code', () => {
  it.each(STAGES)('may do there what its State may, and sees what it sees: %s', (stage) => {
    const [here, focalPoint] = [state(stage), CASE_PEOPLE['focal point']];
    expect([...relationsOf(guest, here)]).toEqual(['requester']);
    expect(possibleVerbs(here, guest)).toEqual(possibleVerbs(here, focalPoint));
    expect(visibleFields(guest, here, 0)).toEqual(visibleFields(focalPoint, here, 0));
  });

  it.each([
    ['another case', guest, 'another'],
    ['a case that is kept nowhere yet', { ...guest, guestOf: '' }, ''],
    ['any case, once the access has been taken back', nobody, 'this'],
  ])('is nobody to %s', (_, who, caseId) => {
    const there = state('triage', caseId);
    expect(relationsOf(who, there).size).toBe(0);
    expect(can(who, 'read', there)).toBe(false);
  });

  it('says what came of it as the State', () => {
    const [event] = decide(
      state('closed'),
      { verb: 'record-outcome', body: SAMPLES['record-outcome'] } as never,
      {
        actor: guest,
      } as never,
    );
    expect(event?.body).toMatchObject({ side: 'requester' });
  });
});
