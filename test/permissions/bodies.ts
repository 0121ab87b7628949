import { randomUUID } from 'node:crypto';
import { stableId } from '#libs/reference-data/stable-id.js';
import { COMMAND_BODIES } from '../support/command-bodies.js';
import { inDays } from '../support/days.js';
import { requestForm } from '../support/request-form.js';
import { offerFacts } from '../support/standing-offer.js';
import { verbIn } from './doors.js';
import { nameOf } from './table.js';
import type { Door } from './table.js';

const reason = 'For a reason of which this is the text.';
const password = { email: 'bravia@demo.action48.test', password: 'action48-demo' };
const CALENDAR = { timezone: 'Europe/Zurich', weeklyHours: {}, holidays: [], annualHolidays: [], specialHours: {} };

/**
 * A well-formed body for every route of the API that takes one, so that a wrong form does not hide who may send it. What
 * would change the rules for everybody names a version that there never was.
 */
const BODIES: Record<string, (given: Record<string, string>) => object> = {
  'POST /api/v1/sessions': () => password,
  'PUT /api/v1/account/mail': () => ({ rhythm: null, days: null, from: null, until: null, timezone: 'Europe/Zurich' }),
  'POST /api/v1/tokens': () => ({ name: 'Figures', scopes: ['read'], days: 1 }),
  'POST /api/v1/requests': () => requestForm(),
  'POST /api/v1/people': () => ({
    ...{ email: `${randomUUID()}@example.test`, name: 'New', language: 'en', timezone: 'Europe/Zurich' },
    ...{ organisationId: stableId('organisation:QMB'), roles: ['requester'] },
  }),
  'PATCH /api/v1/people/:id': () => ({ name: 'Another name' }),
  'POST /api/v1/people/:id/disable': () => ({ reason }),
  'POST /api/v1/people/:id/enable': () => ({ reason }),
  'POST /api/v1/organisations': () => ({
    ...{ code: randomUUID().slice(0, 8).toUpperCase(), name: 'A network', kind: 'civil_society', responder: false },
  }),
  'PATCH /api/v1/organisations/:id': () => ({ name: 'Another name' }),
  'POST /api/v1/calendars/:id/versions': () => ({ basedOn: 999, title: 'Geneva', reason, calendar: CALENDAR }),
  'POST /api/v1/policies/drafts': () => ({ basedOn: 1 }),
  'POST /api/v1/policies/drafts/:id/publish': () => ({ reason, from: '2001-01-01T00:00:00Z' }),
  'POST /api/v1/policies/:version/apply': () => ({ cases: ['CCM-A9-2001-0001'], reason }),
  'POST /api/v1/mail/:id/send-again': () => ({ reason }),
  'POST /api/v1/mail/:id/leave': () => ({ reason }),
  'POST /api/v1/mail-rules/preview': () => ({ policy: {} }),
  'POST /api/v1/mail-rules/versions': () => ({ basedOn: 999, policy: {}, reason }),
  'POST /api/v1/standing-offers': () => ({ ...offerFacts(), organisationId: stableId('organisation:LEGALAID') }),
  'PATCH /api/v1/standing-offers/:id': () => ({ capacityPerYear: 2 }),
  'POST /api/v1/standing-offers/:id/renew': () => ({ validUntil: inDays(200) }),
  'POST /api/v1/cases/:reference/replies/:id/accept': () => ({ as: 'contact', text: 'Called back.' }),
  'POST /api/v1/cases/:reference/replies/:id/set-aside': () => ({ reason }),
  'POST /api/v1/triage/mail/:id/attach': () => ({ reference: 'CCM-A9-2001-0001', reason }),
  'POST /api/v1/triage/mail/:id/set-aside': () => ({ reason }),
  'POST /api/v1/demo/clock': () => ({ advance: 'PT0H' }),
  'POST /policies/drafts': () => ({ version: '1' }),
  'POST /sign-in': () => password,
  'POST /account/passkeys/remove': ({ passkey }) => ({ passkey }),
  'POST /mail-templates/:kind/:language/restore': () => ({ version: '0', basedOn: '999' }),
  'POST /follow': () => ({ reference: 'CCM-A9-2001-0001', email: 'nobody@example.test' }),
};

/** What is sent to a door that changes something, nothing where it takes nothing; `given` is what was made for it. */
export function bodyFor(door: Door, given: Record<string, string>): Record<string, unknown> {
  const verb = verbIn(door.path);
  const body = verb && verb in COMMAND_BODIES ? COMMAND_BODIES[verb as keyof typeof COMMAND_BODIES] : undefined;
  return body ?? { ...BODIES[nameOf(door)]?.(given) };
}
