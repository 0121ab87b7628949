import { actor, organisationId } from '../../../test/support/people.js';
import { can } from './can.js';
import { OFFER_ACTIONS } from './offer-rights.js';

const LEGALAID = organisationId('legalaid');
const PUBLIC = { organisationId: LEGALAID, public: true, withdrawn: false };
const may = (name: string, offer = PUBLIC) => OFFER_ACTIONS.filter((action) => can(actor(name), action, offer));
const ALL = [...OFFER_ACTIONS];

describe('who may do what with a standing offer', () => {
  it.each(['coordinator', 'lead', 'isu', 'legalaid'])(
    'its provider and those who work on cases, everything: %s',
    (who) => {
      for (const offer of [PUBLIC, { ...PUBLIC, public: false }, { ...PUBLIC, withdrawn: true }])
        expect(may(who, offer)).toEqual(ALL);
    },
  );

  it.each(['coalition', 'helvia', 'focalPoint', 'president', 'admin'])(
    'everybody else sees what is public: %s',
    (who) => {
      expect(may(who)).toEqual(['see-standing-offer']);
      expect(may(who, { ...PUBLIC, public: false })).toEqual([]);
      expect(may(who, { ...PUBLIC, withdrawn: true })).toEqual([]);
    },
  );

  it('a guest, who is let in to one case, sees none', () => {
    const guest = { ...actor('focalPoint'), guestOf: 'case' };
    expect(OFFER_ACTIONS.filter((action) => can(guest, action, PUBLIC))).toEqual([]);
  });

  it('somebody of the provider who is no responder sees it, and changes nothing', () => {
    const colleague = { ...actor('focalPoint'), organisationId: LEGALAID };
    const hidden = { ...PUBLIC, public: false };
    expect(OFFER_ACTIONS.filter((action) => can(colleague, action, hidden))).toEqual(['see-standing-offer']);
  });

  it('nobody without an organisation is taken for a provider', () => {
    const nobody = { ...actor('legalaid'), organisationId: null };
    expect(can(nobody, 'manage-standing-offer', { ...PUBLIC, organisationId: '' })).toBe(false);
  });
});
