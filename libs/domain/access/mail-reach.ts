import { NOTHING } from '../case/evolve.js';
import { can } from './can.js';
import { ANYBODY } from './person-rights.js';
import type { Actor } from './roles.js';
import { visibleFields } from './visible-fields.js';

/** How far somebody sees into the mails of the whole deployment; whether at all is for `can(actor, 'read-mail')`. */
export interface MailReach {
  /** Mails about accounts, for whoever looks after accounts. */
  accounts: boolean;
  /** Contacts of every State, of whatever case: these may be searched by address. */
  everyContact: boolean;
  /** May open the cases. */
  cases: boolean;
}

export function mailReach(actor: Actor): MailReach {
  return {
    accounts: can(actor, 'see-person', ANYBODY),
    // What is open on a case to which somebody has no tie of their own is open on every case.
    everyContact: visibleFields(actor, NOTHING, 0).has('restricted'),
    cases: can(actor, 'read', NOTHING),
  };
}

/** The command line: whoever runs the deployment has the database itself. */
export const WHOLE_MAIL_REACH: MailReach = { accounts: true, everyContact: true, cases: true };
