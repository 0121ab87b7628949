import type { Door } from '#libs/case-reading/access-log.js';
import type { FieldGroup, Ground } from '#libs/domain/access/visible-fields.js';

/** Groups of fields, as the access log names them. */
export const FIELD_WORDS: Record<FieldGroup, string> = {
  restricted: 'contacts and everything else that is restricted',
  participants: 'the request as responders read it',
  states_parties: 'what States Parties may know',
  shared_work: 'the plan and the work',
  every_offer: 'the answers and offers of all responders',
  internal: 'internal notes of the coordinators',
};

/** Why somebody could read it. */
export const GROUND_WORDS: Record<Ground, string> = {
  coordinator: 'coordinator',
  lead: 'the coordinator lead',
  isu: 'ISU',
  owner: 'the owner of the case',
  hand_over_receiver: 'asked to take the case over',
  requester: 'the State that asks',
  invited_responder: 'invited responder',
  accepted_responder: 'responder whose offer was accepted',
  observer: 'observer of an escalated case',
  break_glass: 'opened with a reason',
};

/** Where it was read. */
export const DOOR_WORDS: Record<Door, string> = {
  page: 'page of the request',
  api: 'program',
  export: 'export',
  mail: 'list of its mails',
  documents: 'documents',
  explanation: 'why a clock is due then',
};

export const ACCESS_WORDS: readonly string[] = [FIELD_WORDS, GROUND_WORDS, DOOR_WORDS].flatMap((words) =>
  Object.values(words),
);
