import type { Verb } from '#libs/domain/case/commands/index.js';

/** State · owner · another coordinator · the lead · ISU · a responder with an accepted offer, and one with interest only. */
export const READERS = ['bravia', 'coordinator', 'coordinator2', 'lead', 'isu', 'legalaid', 'helvia'];
/** Another State, responders that were not invited, the observer of a case that is not escalated, and the administrator. */
export const STRANGERS = ['aurelia', 'coalition', 'zelandia', 'president', 'admin'];
export const PARTS = ['', '/timeline', '/mail', '/documents', '/export'];
export const EXPLANATION = '/clocks/acknowledge/explanation';

const ANY_COORDINATOR: Verb[] = ['take', 'assign-owner'];
const OWNER: Verb[] = ['suspend', 'change-priority', 'log-contact', 'add-note', 'hand-over', 'exclude-party'];
const BEFORE: Verb[] = ['refer', 'decline', 'merge'];
const RESPONDER: Verb[] = ['ask-for-time', 'ask-question', 'pass-on', 'make-offer'];

export const TRIED: Verb[] = [
  'acknowledge',
  'take',
  'give-consent',
  'circulate',
  'make-offer',
  'add-note',
  'withdraw',
  'close',
];

/** `product.md` and `api.md` as a table: who may do what now. Nobody may do anything that is not here. */
export const MAY: Record<string, { after: Verb | 'open'; may: Record<string, Verb[]> }> = {
  submitted: {
    after: 'open',
    may: {
      bravia: ['withdraw', 'exclude-party'],
      coordinator: ['acknowledge', ...ANY_COORDINATOR],
      coordinator2: ['acknowledge', ...ANY_COORDINATOR],
      isu: ['acknowledge', ...ANY_COORDINATOR],
      // Nobody owns the case yet who could hand it over.
      lead: [
        'break-glass',
        'acknowledge',
        ...ANY_COORDINATOR,
        ...BEFORE,
        ...OWNER.filter((verb) => verb !== 'hand-over'),
      ],
    },
  },
  triage: {
    after: 'take',
    may: {
      bravia: ['withdraw', 'exclude-party'],
      coordinator: ['assign-owner', 'triage', 'return', ...BEFORE, ...OWNER],
      coordinator2: ANY_COORDINATOR,
      isu: ANY_COORDINATOR,
      lead: ['break-glass', ...ANY_COORDINATOR, 'triage', 'return', ...BEFORE, ...OWNER],
    },
  },
  consent: {
    after: 'request-consent',
    may: {
      bravia: ['give-consent', 'refuse-consent', 'withdraw', 'exclude-party'],
      coordinator: ['assign-owner', ...BEFORE, ...OWNER],
      coordinator2: ANY_COORDINATOR,
      isu: ANY_COORDINATOR,
      lead: ['break-glass', ...ANY_COORDINATOR, ...BEFORE, ...OWNER],
    },
  },
  circulated: {
    after: 'circulate',
    may: {
      bravia: ['withdraw', 'exclude-party'],
      coordinator: ['assign-owner', 'circulate', ...OWNER],
      coordinator2: ANY_COORDINATOR,
      isu: ANY_COORDINATOR,
      lead: ['break-glass', ...ANY_COORDINATOR, 'circulate', ...OWNER],
      legalaid: ['express-interest', 'decline-invitation', ...RESPONDER],
      helvia: ['express-interest', 'decline-invitation', ...RESPONDER],
    },
  },
  delivery: {
    after: 'agree-plan',
    may: {
      bravia: ['give-view', 'withdraw', 'exclude-party'],
      coordinator: ['assign-owner', 'update-progress', 'start-national-process', ...OWNER],
      coordinator2: ANY_COORDINATOR,
      isu: ANY_COORDINATOR,
      lead: ['break-glass', ...ANY_COORDINATOR, 'update-progress', 'start-national-process', ...OWNER],
      legalaid: ['pass-on', 'update-progress'],
      helvia: ['pass-on'],
    },
  },
};
/** Verbs that are somebody else's whatever the stage. */
export const NEVER: Record<string, Verb[]> = {
  bravia: [
    'break-glass',
    'acknowledge',
    'take',
    'verify',
    'triage',
    'circulate',
    'make-offer',
    'update-progress',
    'close',
    'add-note',
  ],
  coordinator: [
    'break-glass',
    'give-consent',
    'accept-offer',
    'make-offer',
    'withdraw',
    'excuse-breach',
    'confirm-current',
  ],
  coordinator2: [
    'break-glass',
    'triage',
    'circulate',
    'agree-plan',
    'close',
    'suspend',
    'add-note',
    'excuse-breach',
    'reopen',
  ],
  isu: ['break-glass', 'triage', 'circulate', 'close', 'excuse-breach', 'give-consent'],
  lead: ['give-consent', 'accept-offer', 'make-offer', 'withdraw', 'express-interest'],
  legalaid: [
    'break-glass',
    'acknowledge',
    'take',
    'triage',
    'give-consent',
    'accept-offer',
    'withdraw',
    'circulate',
    'close',
    'reopen',
  ],
  helvia: ['update-progress', 'record-outcome', 'give-view', 'accept-offer', 'agree-plan', 'add-note'],
};
