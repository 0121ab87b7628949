import type { FieldGroup } from '#libs/domain/access/can.js';

/** What can be done with accounts and with the system, in words; an action without any is shown by its name. */
export const ACTION_WORDS: Record<string, string> = {
  'see-person': 'See an account',
  'invite-person': 'Invite somebody',
  'change-person': 'Change an account and its roles',
  'disable-person': 'Disable an account, or enable it again',
  'set-leave': 'Say who is away, and who stands in',
  'see-standing-offer': 'See a standing offer',
  'see-offer-contact': 'See the contact of a standing offer',
  'manage-standing-offer': 'Make, renew and withdraw a standing offer',
  'read-rules': 'Read calendars, the policy and the rules of mail',
  'publish-rules': 'Publish calendars, the policy and the rules of mail',
  'apply-rules': 'Put open cases on another version of the policy',
  'manage-organisations': 'Add, change and retire organisations',
  'manage-tokens': 'See and revoke the tokens of programs',
  'read-audit': 'Read the record of what was done',
  'read-checkpoints': 'Read the checkpoints of that record',
  'edit-mail-templates': 'Change and confirm the words of mails',
  'read-mail': 'Read which mails were owed to whom, and what is to come',
  'decide-mail': 'Decide whether a mail that may not have arrived goes again',
  'triage-mail': 'Read and sort mail that is on no case',
};

export const FIELD_WORDS: Record<FieldGroup, string> = {
  states_parties: 'See what States Parties may see',
  participants: 'See what those who take part may see',
  shared_work: 'See the plan and the work',
  restricted: 'See contacts and other restricted answers',
  every_offer: 'See the offers of everybody',
  internal: 'See internal notes',
};
