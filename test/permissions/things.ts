import { randomUUID } from 'node:crypto';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';
import { InboundMail } from '#libs/database/entities/inbound-mail.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Passkey } from '#libs/database/entities/passkey.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { ApiTokens } from '#libs/identity/api-tokens.js';
import { Sessions } from '#libs/identity/sessions.js';
import { CalendarShelf } from '#libs/rule-book/calendar-shelf.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { newUnsubscribeToken } from '#libs/mail/unsubscribing.js';
import { CalendarFeeds } from '#libs/calendar-feed/calendar-feeds.js';
import { CalendarDrafts } from '#libs/rule-book/calendar-drafts.js';
import { PolicyDrafts } from '../../apps/api/src/policies/policy-drafts.js';
import { DraftDesk } from '../../apps/api/src/requests/draft-desk.js';
import { WhatIfJobs } from '../../apps/api/src/what-if/what-if-jobs.js';
import { cleanDocument } from '../support/documents.js';
import { dueMail } from '../support/mail-rows.js';
import { standingOffer } from '../support/standing-offer.js';
import type { TestSystem } from '../support/system.js';
import { addPerson, personId } from './personas.js';

type Parameters = Record<string, string>;
type Maker = (system: TestSystem, reference: string) => Parameters | Promise<Parameters>;

const GENEVA = 'geneva';
const ANYWHERE = { strict: false };
const LEAD = personId('lead');
const OFFICER = personId('officer');

const officer: Maker = async ({ dataSource }) => ({
  id: await addPerson(dataSource, { mailbox: randomUUID(), roles: ['requester'], organisation: 'QMB' }),
});

const colleague: Maker = async ({ dataSource }) => ({
  id: await addPerson(dataSource, { mailbox: randomUUID(), roles: ['coordinator'] }),
});

const organisation: Maker = async ({ dataSource: { manager } }) => {
  const id = randomUUID();
  const row = { id, code: id.slice(0, 8).toUpperCase(), name: id, kind: 'civil_society', responder: false } as const;
  await manager.insert(Organisation, { ...row, stateCode: null, demo: true });
  return { id };
};

const requestDraft: Maker = async ({ app }) => ({
  id: await app.get(DraftDesk, ANYWHERE).begin({ person: { id: OFFICER } } as SignedIn),
});

const calendarDraft: Maker = async ({ app }) => {
  const last = (await app.get(CalendarShelf, ANYWHERE).find(GENEVA))?.versions.at(-1);
  if (!last) throw new Error('Geneva has a calendar');
  const { version: basedOn, ...calendar } = last.calendar;
  const begun = { title: 'Geneva', basedOn, calendar, authorId: LEAD };
  return { id: await app.get(CalendarDrafts, ANYWHERE).begin(begun) };
};

const question: Maker = ({ app }) => {
  const subject = { about: 'zones', name: 'release', question: 'always' } as const;
  const answer = { at: 0, lookedAt: 0, cases: 0, later: 0, earlier: 0, verdicts: 0, changes: [] };
  return { job: app.get(WhatIfJobs, ANYWHERE).start(subject, () => Promise.resolve(answer))?.id ?? '' };
};

const caughtMail: Maker = async ({ dataSource: { manager } }) => {
  const mail = { messageId: '<1@test>', from: 'a@test', to: ['b@test'], subject: 's', text: 't', html: '<p>t</p>' };
  const row = manager.create(CaughtMail, { ...mail, headers: {}, receivedAt: new Date() });
  return { id: (await manager.save(row)).id };
};

/** A mail of a case that may not have arrived, for somebody to decide on. */
const unsureMail: Maker = async ({ dataSource }) => ({
  id: (await dueMail(dataSource, { state: 'unknown', kind: 'escalation', recipient: 'lead@demo.action48.test' })).id,
});
/** A reply by mail: on the case that everybody knocks at, or on none. */
const message =
  (on: 'case' | 'none'): Maker =>
  async ({ dataSource: { manager } }, reference) => {
    const about = on === 'case' ? await manager.findOneByOrFail(AssistanceCase, { reference }) : null;
    const id = randomUUID();
    await manager.insert(InboundMail, {
      ...{ id, kind: 'reply', state: 'waiting', foundBy: 'thread', caseId: about?.id ?? null },
      ...{ sender: 'a@b.test', senderName: '', subject: 's', text: 't', attachments: [], messageId: '' },
      ...{ fingerprint: id, receivedAt: new Date() },
    });
    return { id };
  };

const policyDraft: Maker = async ({ app }) => {
  const me = { person: { id: LEAD } } as SignedIn;
  return { id: await app.get(PolicyDrafts, ANYWHERE).begin(me, 1, DELIVERED_CLOCKS) };
};

/** What is of an account of its own: the officer's. */
const signedIn = async ({ app, dataSource: { manager } }: TestSystem): Promise<SignedIn> => {
  const person = await manager.findOneByOrFail(Person, { id: OFFICER });
  return (await app.get(Sessions).begin(person, { method: 'password' })).signedIn;
};

const session: Maker = async (system) => ({ id: (await signedIn(system)).session?.id ?? '' });

const token: Maker = async (system) => {
  const wish = { name: 'Figures', scopes: ['read'], days: 1 } as const;
  return { id: (await system.app.get(ApiTokens).make(await signedIn(system), wish)).row.id };
};

const passkey: Maker = async ({ dataSource: { manager } }) => {
  const credentialId = randomUUID();
  const key = { publicKey: Buffer.alloc(1), uses: '0', transports: [], createdAt: new Date(), usedAt: null };
  await manager.insert(Passkey, { ...key, credentialId, personId: OFFICER, name: 'Key' });
  return { passkey: credentialId };
};

const unsubscribing: Maker = async ({ dataSource: { manager } }) => ({
  token: await newUnsubscribeToken(manager, OFFICER),
});
const offer: Maker = async ({ dataSource }) => ({ id: await standingOffer(dataSource) });
/** The address of the officer's calendar. */
const calendar: Maker = async ({ app }) => ({
  file: `${await app.get(CalendarFeeds, ANYWHERE).make(OFFICER)}.ics`,
});

/** A document of the world's case, restricted, that its owner has added. */
const document: Maker = async (system, reference) => {
  const { state } = await system.dataSource.manager.findOneByOrFail(AssistanceCase, { reference });
  return { id: (await cleanDocument(system, reference, state.ownerId ?? '')).id };
};

const script: Maker = () => ({ name: 'passkeys.js' });
const geneva: Maker = () => ({ id: GENEVA });

/** By the start of a path, the first that fits: who makes the thing that its parameters name, anew for everybody who knocks. */
const MADE: [prefix: string, make: Maker][] = [
  ['/cases/:reference/documents/', document],
  ['/api/v1/cases/:reference/documents/', document],
  ['/requests/drafts/', requestDraft],
  ['/policies/drafts/', policyDraft],
  ['/api/v1/policies/drafts/', policyDraft],
  ['/calendars/drafts/', calendarDraft],
  ['/calendars/', geneva],
  ['/api/v1/calendars/', geneva],
  ['/what-if/', question],
  ['/dev/mail/', caughtMail],
  ['/mail/', unsureMail],
  ['/api/v1/mail/', unsureMail],
  ['/cases/:reference/replies/', message('case')],
  ['/api/v1/cases/:reference/replies/', message('case')],
  ['/triage/mail/', message('none')],
  ['/api/v1/triage/mail/', message('none')],
  ['/admin/organisations/', organisation],
  ['/api/v1/organisations/', organisation],
  ['/admin/people/', officer],
  ['/office/', officer],
  ['/api/v1/people/', officer],
  ['/leave/', colleague],
  ['/account/sessions/', session],
  ['/api/v1/sessions/', session],
  ['/account/tokens/', token],
  ['/admin/tokens/', token],
  ['/api/v1/tokens/', token],
  ['/account/passkeys/remove', passkey],
  ['/unsubscribe/', unsubscribing],
  ['/standing-offers/', offer],
  ['/api/v1/standing-offers/', offer],
  ['/assets/scripts/', script],
  ['/calendar-feed/', calendar],
];

/** What the parameters of a path stand for, where nothing has to be made. */
const FIXED: Parameters = {
  version: '1',
  name: 'acknowledge',
  section: 'who',
  verb: 'add-note',
  number: '1',
  kind: 'reminder',
  language: 'fr',
};

/** @param reference of the case that the path is about, where it is about one */
export async function parametersOf(system: TestSystem, path: string, reference: string): Promise<Parameters> {
  const found = MADE.find(([prefix]) => path === prefix || (path.includes(':') && path.startsWith(prefix)));
  return { ...FIXED, ...(await found?.[1](system, reference)) };
}
