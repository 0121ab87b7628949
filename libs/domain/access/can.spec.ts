import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import type { Who } from '../../../test/support/case-people.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import { geneva } from '../../../test/support/case-story.js';
import type { CaseState } from '../case/state.js';
import { can } from './can.js';
import type { Role } from './roles.js';
import { FIELD_GROUPS, groundsOf, visibleFields } from './visible-fields.js';
import { relationsOf } from './relations.js';

const state = (changes: Partial<CaseState> = {}): CaseState => ({ ...broughtTo('delivery').state, ...changes });
const readers = (one: CaseState): string[] =>
  (Object.keys(CASE_PEOPLE) as Who[]).filter((who) => can(CASE_PEOPLE[who], 'read', one));
const NOW = geneva('2026-11-25 10:00');
const sees = (who: Who, one = state(), at = NOW): string[] => [...visibleFields(CASE_PEOPLE[who], one, at)];
const all = (...but: string[]): string[] => FIELD_GROUPS.filter((group) => !but.includes(group));

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
  it('is everything for coordinators and the ISU, internal notes with it', () => {
    for (const who of ['owner', 'coordinator', 'isu'] as const) expect(sees(who)).toEqual(all());
  });

  it('is everything but what is restricted for the lead, unless the case is the lead’s own', () => {
    expect(sees('lead')).toEqual(all('restricted'));
    expect(sees('lead', state({ ownerId: 'lead' }))).toEqual(all());
  });

  it('is no more for a lead who is a coordinator besides, and everything for one who is of the ISU', () => {
    const also = (role: Role) => ({ ...CASE_PEOPLE.lead, roles: ['coordinator_lead', role] as const });
    expect(visibleFields(also('coordinator'), state(), NOW).has('restricted')).toBe(false);
    expect(visibleFields(also('isu'), state(), NOW).has('restricted')).toBe(true);
  });

  it('is restricted fields too for the lead who has opened the case, until the instant at which that ends', () => {
    const open = state({ glass: { lead: NOW } });
    expect(sees('lead', open, NOW - 1)).toEqual(all());
    expect(sees('lead', open, NOW)).toEqual(all('restricted'));
    expect([...groundsOf(CASE_PEOPLE.lead, open, NOW - 1)]).toEqual(['lead', 'break_glass']);
  });

  it('is never more for anybody else because a case was opened by them, as when the lead’s role is taken away', () => {
    for (const who of ['president', 'legalaid', 'admin', 'another State', 'nobody'] as const) {
      const open = state({ glass: { [who]: NOW + 1, lead: NOW + 1 }, escalatedTo: 3 });
      expect(sees(who, open)).toEqual(sees(who, state({ escalatedTo: 3 })));
    }
  });

  it('is everything but what is internal for the State', () => {
    expect(sees('focal point')).toEqual(all('internal'));
  });

  it('is neither restricted fields nor the offers of others for a responder, also when its offer is accepted', () => {
    expect(sees('legalaid')).toEqual(['participants', 'states_parties', 'shared_work']);
    expect(sees('coalition')).toEqual(['participants', 'states_parties']);
  });

  it('is neither restricted nor participants’ fields for the President', () => {
    expect(sees('president', state({ escalatedTo: 3 }))).toEqual(['states_parties']);
  });
});

describe('who may see who has looked at a case', () => {
  it('is the State and whoever may read what is restricted', () => {
    const may = (one: CaseState) =>
      (Object.keys(CASE_PEOPLE) as Who[]).filter((who) => can(CASE_PEOPLE[who], 'read-access-log', one, NOW));
    expect(may(state({ escalatedTo: 3 }))).toEqual(['focal point', 'owner', 'coordinator', 'isu']);
    expect(may(state({ glass: { lead: NOW + 1 } }))).toContain('lead');
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
