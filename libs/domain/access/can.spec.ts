import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import type { Who } from '../../../test/support/case-people.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import type { CaseState } from '../case/state.js';
import { can, visibleFields } from './can.js';
import { relationsOf } from './relations.js';

const state = (changes: Partial<CaseState> = {}): CaseState => ({ ...broughtTo('delivery').state, ...changes });
const readers = (one: CaseState): string[] =>
  (Object.keys(CASE_PEOPLE) as Who[]).filter((who) => can(CASE_PEOPLE[who], 'read', one));
const sees = (who: Who, one = state()): string[] => [...visibleFields(CASE_PEOPLE[who], one)].sort();

const EVERYTHING = ['every_offer', 'internal', 'participants', 'restricted', 'states_parties'];

describe('who may read a case', () => {
  it('is the State, the coordinators and the ISU from the first day', () => {
    expect(readers(broughtTo('submitted').state)).toEqual(['focal point', 'owner', 'coordinator', 'lead', 'isu']);
  });

  it('is a responder from its invitation on, and no other responder', () => {
    expect(readers(state())).toEqual(['focal point', 'owner', 'coordinator', 'lead', 'isu', 'legalaid', 'coalition']);
  });

  it('is the President only once a case has reached level 3', () => {
    expect(readers(state({ escalatedTo: 2 }))).not.toContain('president');
    expect(readers(state({ escalatedTo: 3 }))).toContain('president');
  });

  it('is never another State, an administrator, or somebody without a role', () => {
    for (const who of ['another State', 'admin', 'nobody'] as const) expect(readers(state())).not.toContain(who);
  });

  it('is no focal point whose State is unknown, nor a responder without an organisation', () => {
    const nowhere = {
      personId: 'x',
      roles: ['requester', 'responder'] as const,
      organisationId: null,
      stateCode: null,
    };
    expect(relationsOf(nowhere, state()).size).toBe(0);
    expect(relationsOf({ ...nowhere, organisationId: 'constructor' }, state()).size).toBe(0);
  });
});

describe('what a reader sees', () => {
  it('is everything for coordinators, lead and ISU, internal notes with it', () => {
    for (const who of ['owner', 'coordinator', 'lead', 'isu'] as const) expect(sees(who)).toEqual(EVERYTHING);
  });

  it('is everything but what is internal for the State', () => {
    expect(sees('focal point')).toEqual(EVERYTHING.filter((group) => group !== 'internal'));
  });

  it('is neither restricted fields nor the offers of others for a responder, also when its offer is accepted', () => {
    expect(sees('legalaid')).toEqual(['participants', 'states_parties']);
    expect(sees('coalition')).toEqual(['participants', 'states_parties']);
  });

  it('is neither restricted nor participants’ fields for the President', () => {
    expect(sees('president', state({ escalatedTo: 3 }))).toEqual(['states_parties']);
  });
});

describe('how people stand to a case', () => {
  const standing = (who: Who) => [...relationsOf(CASE_PEOPLE[who], state())];

  it('tells the owner, the lead and the ISU apart from other coordinators', () => {
    expect(standing('owner')).toEqual(['coordinator', 'owner']);
    expect(standing('coordinator')).toEqual(['coordinator']);
    expect(standing('lead')).toEqual(['coordinator', 'lead', 'owner']);
    expect(standing('isu')).toEqual(['coordinator', 'isu']);
  });

  it('tells the responder whose offer was accepted from the one that was only invited', () => {
    expect(standing('legalaid')).toEqual(['invited_responder', 'accepted_responder']);
    expect(standing('coalition')).toEqual(['invited_responder']);
    expect(standing('zelandia')).toEqual([]);
  });
});

describe('who may change whose account', () => {
  const ACTIONS = ['see-person', 'invite-person', 'change-person', 'disable-person'] as const;
  const subject = (who: Who) => {
    const { personId, organisationId, roles } = CASE_PEOPLE[who];
    return { personId, organisationId, roles };
  };
  const focalPoint = subject('focal point');
  const officeAdmin = { ...CASE_PEOPLE['focal point'], personId: 'office', roles: ['state_admin'] as const };

  it('is an administrator, for everybody but themselves', () => {
    for (const action of ACTIONS) expect(can(CASE_PEOPLE['admin'], action, focalPoint)).toBe(true);
    expect(ACTIONS.filter((action) => can(CASE_PEOPLE['admin'], action, subject('admin')))).toEqual(['see-person']);
  });

  it('is the administrator of a State’s office, for the people of that office and the roles of an office', () => {
    for (const action of ACTIONS) expect(can(officeAdmin, action, focalPoint)).toBe(true);
    expect(can(officeAdmin, 'change-person', subject('another State'))).toBe(false);
    expect(can(officeAdmin, 'change-person', { ...focalPoint, roles: ['requester', 'admin'] })).toBe(false);
    expect(can({ ...officeAdmin, organisationId: null }, 'see-person', subject('nobody'))).toBe(false);
  });

  it('is nobody else', () => {
    for (const who of ['focal point', 'coordinator', 'lead', 'isu', 'legalaid', 'president'] as const)
      expect(can(CASE_PEOPLE[who], 'disable-person', subject('another State'))).toBe(false);
  });
});
