/** What the case transaction hands to the mailer: facts of the process only, never case content. */
export const MAIL_KINDS = [
  'receipt',
  'acknowledgement',
  'assignment',
  'hand_over_offered',
  'hand_over_accepted',
  'hand_over_rejected',
  'hand_over_ended',
  'hand_over_unanswered',
  'questions',
  'answers',
  'consent_request',
  'consent_answer',
  'invitation',
  'party_excluded',
  'responder_answer',
  'time_asked',
  'passed_on',
  'question_answered',
  'offer',
  'offer_decision',
  'plan',
  'reminder',
  'warning',
  'breach',
  'escalation',
  'all_declined',
  'case_ended',
  'suspended',
  'resumed',
  'dormant',
  'unmatched',
  'closure',
  'reopened',
  'glass_broken',
  'not_delivered',
  'contact_tried',
  'call_due',
  'reply_received',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export interface MailParameters {
  reference: string;
  /** The requesting State, only where its name may be shown to this recipient. */
  state?: string;
  stage: string;
  /**
   * Name of the clock this mail is about, with its title for people, and which of several of that name it is. `place`: the
   * how-manieth of how many, where its reader may know of the others.
   */
  clock?: { name: string; title: string; subject?: string; place?: { number: number; of: number } };
  /** ISO 8601 UTC. */
  dueAt?: string;
  /** L0–L3 for escalations. */
  level?: string;
  /** The recipient's zone; the Geneva time is always shown beside it. */
  timezone: string;
  /** Whoever should have got this mail and is away, and the civil date of the last day of that. */
  insteadOf?: { name: string; until: string };
  /** Path of the page that answers this mail, e.g. `/cases/CCM-A9-2026-0042`. */
  path: string;
}

/** One mail of what only informs its reader, about any number of cases. */
export const DIGEST_KIND = 'digest';

/** Something that happened, as its own mail would have told it. */
export type DigestItem = Pick<MailParameters, 'reference' | 'stage' | 'dueAt' | 'path'> & { kind: MailKind };

export interface DigestParameters {
  /** In the order in which they happened. */
  items: DigestItem[];
  /** How many are not among them. */
  more: number;
  /** The recipient's zone; the Geneva time is always shown beside it. */
  timezone: string;
  /** Path of the page that the mail leads to. */
  path: string;
}

/** Mails about somebody's account; no case, no page of a case. */
/** Mails about somebody's account, or what they keep in it; no case, no page of a case. */
export const ACCOUNT_MAIL_KINDS = [
  'account_invitation',
  'sign_in_code',
  'password_reset',
  'password_changed',
  'second_factor_added',
  'second_factor_removed',
  'token_made',
  'deputy_ended',
  'passkey_added',
  'passkey_removed',
  'draft_idle',
  'offer_renewal',
] as const;
export type AccountMailKind = (typeof ACCOUNT_MAIL_KINDS)[number];

export interface AccountMailParameters {
  /** What fills the `{…}` of the wording: names, numbers; nothing secret. */
  values?: Record<string, string | number>;
  /** Path of the page that the mail leads to; `{secret}` in it stands for the secret. */
  path: string;
  /** ISO 8601 UTC: until when it can be used. It is said in the mail, which is not sent after that. */
  validUntil?: string;
  /** The recipient's zone; the Geneva time is always shown beside it. */
  timezone: string;
}
