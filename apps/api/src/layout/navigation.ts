import type { Config } from '#libs/config/config.js';
import { can } from '#libs/domain/access/can.js';
import { ANYBODY, officeOf } from '#libs/domain/access/person-rights.js';
import { hasQueues, isGuest } from '#libs/domain/access/roles.js';
import type { SignedIn } from '#libs/identity/signed-in.js';

interface NavigationItem {
  text: string;
  href: string;
  current: boolean;
}

/** Where a person's work is. */
export function homeOf({ person, actor }: SignedIn): string {
  if (isGuest(actor)) return '/follow/case';
  if (hasQueues(person.roles)) return '/queue';
  if (person.roles.includes('requester')) return '/requests';
  if (person.roles.includes('responder')) return '/invitations';
  return officeOf(actor) ? '/office' : '/system';
}

/** The navigation of the person's side: console, State, or responder. */
export function navigationOf(me: SignedIn | undefined, path: string, { deployment }: Config): NavigationItem[] {
  // Whoever still owes a second factor can go nowhere else.
  if (!me || me.owes) return [];
  const home = homeOf(me);
  const items = {
    '/queue': [
      ['Queue', '/queue'],
      ['Forecast', '/forecast'],
      ['System', '/system'],
    ],
    '/requests': [
      ['Your requests', '/requests'],
      ['New request', '/requests/new'],
    ],
    '/follow/case': [['Your request', '/follow/case']],
    '/invitations': [['Your invitations', '/invitations']],
    '/office': [],
    '/system': [['System', '/system']],
  }[home] as [string, string][];
  const all: [string, string][] = [
    ...items,
    ...link(!isGuest(me.actor), 'Offers', '/standing-offers'),
    ...link(can(me.actor, 'triage-mail'), 'Mail without a case', '/triage/mail'),
    ...link(can(me.actor, 'read-rules'), 'Calendars', '/calendars'),
    ...link(can(me.actor, 'read-rules'), 'Policy', '/policies'),
    ...link(can(me.actor, 'read-rules'), 'Rules of mail', '/mail-rules'),
    ...link(can(me.actor, 'read-rules'), 'What would change?', '/what-if'),
    ...link(can(me.actor, 'see-person', ANYBODY), 'People', '/admin/people'),
    ...link(can(me.actor, 'manage-organisations'), 'Organisations', '/admin/organisations'),
    ...link(can(me.actor, 'manage-tokens'), 'Tokens', '/admin/tokens'),
    ...link(officeOf(me.actor) !== null && !can(me.actor, 'see-person', ANYBODY), 'Office', '/office'),
    ...link(can(me.actor, 'read-mail'), 'Mails', '/mail'),
    ...link(can(me.actor, 'read-audit'), 'Audit', '/admin/audit'),
    ...link(can(me.actor, 'read-checkpoints'), 'Checkpoints', '/admin/checkpoints'),
    ...link(can(me.actor, 'edit-mail-templates'), 'Words of mails', '/mail-templates'),
    ...link(deployment === 'trial', 'Inbox', '/dev/mail'),
  ];
  return all.map(([text, href]) => ({
    text,
    href,
    current: path === href || (href === home && path.startsWith('/cases/')) || isWithin(path, href),
  }));
}

const link = (shown: boolean, text: string, href: string): [string, string][] => (shown ? [[text, href]] : []);

/** Pages below the one that the navigation names. */
const WITH_PAGES_BELOW = [
  '/calendars',
  '/policies',
  '/mail-rules',
  '/standing-offers',
  '/what-if',
  '/admin/people',
  '/admin/organisations',
  '/office',
  '/mail-templates',
  '/mail',
  '/triage/mail',
];
const isWithin = (path: string, href: string): boolean =>
  WITH_PAGES_BELOW.includes(href) && path.startsWith(`${href}/`);
