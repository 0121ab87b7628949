import type { LeftBecause, Rung } from './contact-ladder.js';
import type { Language, NeedType } from './request-form.js';
import type { Stage, SideState } from './stages.js';

export type Priority = 'P1' | 'P2' | 'P3';
/** Organisation ids, or every responder that matches. */
export type Audience = string[] | 'all_matching';
export type InvitationStatus = 'invited' | 'interested' | 'declined' | 'question' | 'offered';
/** What responders may read: the summary alone, or also the fields of the request that are meant for participants. */
export const SHOWN = ['summary', 'request'] as const;
export type Shown = (typeof SHOWN)[number];
export type ConsentStatus = 'requested' | 'given' | 'refused';

/** What the rules need to know of a case: ids and facts of the process, folded from its events. Plain JSON. */
export interface CaseState {
  /** Empty only before a case is kept anywhere. */
  caseId: string;
  stage: Stage;
  sideState: SideState | null;
  requestingState: string;
  language: Language;
  needTypes: NeedType[];
  /** A law or other measure must follow (see concernsLaw). */
  law: boolean;
  /** Codes or ids that are never notified nor shown the case. */
  excludedParties: string[];
  priority: Priority | null;
  ownerId: string | null;
  /** Person ids of a hand-over that waits for its receiver's answer; until then the case stays with its owner. */
  handOver: { to: string; from: string } | null;
  /** Who submitted, when they have an account. */
  submittedBy: string | null;
  consent: { status: ConsentStatus; audience: Audience; shows: Shown } | null;
  /** Circulation rounds so far. */
  round: number;
  invitations: Record<string, InvitationStatus>;
  /** Person id, by organisation, of whoever its mails on this case go to alone; absent where nobody was named. */
  contacts?: Record<string, string>;
  questions: Record<string, { organisationId: string; answered: boolean }>;
  offers: Record<string, { organisationId: string; status: 'open' | 'accepted' | 'declined' }>;
  milestones: Record<string, { dueOn: string; responsible: string; done: boolean }>;
  missedHeartbeats: number;
  /** The Article 7 report is recorded: the case may be closed. */
  reported: boolean;
  /** Where a closed case goes back to when it is reopened. */
  stageBeforeClosure: Stage | null;
  reviewOn: string | null;
  mergedInto: string | null;
  /** Breaches of the ledger by `clock|subject|cycle`. */
  breaches: Record<string, 'standing' | 'rescinded' | 'excused'>;
  /** Version of the policy that the clocks go by. */
  policyVersion: number;
  /** Highest escalation level that has been told. */
  escalatedTo: number;
  /** Until when (epoch ms) each lead who opened what is restricted with a reason may read it, by person id. */
  glass?: Record<string, number>;
  /** By side, the contacts that could not be reached since it was last heard of, in order. */
  unreached?: Record<string, { rung: Rung; because: LeftBecause }[]>;
  /** Instant at which the last command took effect (epoch ms). */
  lastCommandAt: number;
}

/** Names one cycle of one clock. */
export const cycleKey = ({ clock, subject, cycle }: { clock: string; subject: string; cycle: number }): string =>
  `${clock}|${subject}|${cycle}`;
