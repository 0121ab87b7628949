import { AccessLogRow } from './access-log-row.entity.js';
import { AccountInvitation } from './account-invitation.entity.js';
import { AdminEvent } from './admin-event.entity.js';
import { AnswerToken } from './answer-token.entity.js';
import { ApiToken } from './api-token.entity.js';
import { AssistanceCase } from './assistance-case.entity.js';
import { Authenticator } from './authenticator.entity.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { CalendarVersionRow } from './calendar-version.entity.js';
import { CaseClock } from './case-clock.entity.js';
import { CaseEvent } from './case-event.entity.js';
import { CaseGuest } from './case-guest.entity.js';
import { CaseParticipant } from './case-participant.entity.js';
import { CaseRequest } from './case-request.entity.js';
import { CaseText } from './case-text.entity.js';
import { CaughtMail } from './caught-mail.entity.js';
import { CheckpointLeaf } from './checkpoint-leaf.entity.js';
import { Checkpoint } from './checkpoint.entity.js';
import { ClockBreach } from './clock-breach.entity.js';
import { Command } from './command.entity.js';
import { Deployment } from './deployment.entity.js';
import { DocumentContent } from './document-content.entity.js';
import { Document } from './document.entity.js';
import { FollowCode } from './follow-code.entity.js';
import { InboundMail } from './inbound-mail.entity.js';
import { MailEvent } from './mail-event.entity.js';
import { MailPolicyVersionRow } from './mail-policy-version.entity.js';
import { MailReview } from './mail-review.entity.js';
import { MailTemplateVersion } from './mail-template-version.entity.js';
import { MailUnsubscribe } from './mail-unsubscribe.entity.js';
import { Mail } from './mail.entity.js';
import { Organisation } from './organisation.entity.js';
import { Passkey } from './passkey.entity.js';
import { PasswordReset } from './password-reset.entity.js';
import { PersonIdentity } from './person-identity.entity.js';
import { PersonRole } from './person-role.entity.js';
import { Person } from './person.entity.js';
import { PolicyVersionRow } from './policy-version.entity.js';
import { RateLimit } from './rate-limit.entity.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { ReferenceCounter } from './reference-counter.entity.js';
import { RequestDraft } from './request-draft.entity.js';
import { RuleDraft } from './rule-draft.entity.js';
import { Session } from './session.entity.js';
import { SignInAttempt } from './sign-in-attempt.entity.js';
import { StandingOffer } from './standing-offer.entity.js';
import { State } from './state.entity.js';
import { TakenKey } from './taken-key.entity.js';

/** Every table, as classes rather than globs (nestjs/typeorm#2212). */
export const ENTITIES = [
  AccessLogRow,
  AccountInvitation,
  AdminEvent,
  AnswerToken,
  ApiToken,
  AssistanceCase,
  Authenticator,
  CalendarFeed,
  CalendarVersionRow,
  CaseClock,
  CaseEvent,
  CaseGuest,
  CaseParticipant,
  CaseRequest,
  CaseText,
  CaughtMail,
  Checkpoint,
  CheckpointLeaf,
  ClockBreach,
  Command,
  Deployment,
  Document,
  DocumentContent,
  FollowCode,
  InboundMail,
  Mail,
  MailEvent,
  MailPolicyVersionRow,
  MailReview,
  MailTemplateVersion,
  MailUnsubscribe,
  Organisation,
  Passkey,
  PasswordReset,
  Person,
  PersonIdentity,
  PersonRole,
  PolicyVersionRow,
  RateLimit,
  RecoveryCode,
  ReferenceCounter,
  RequestDraft,
  RuleDraft,
  Session,
  SignInAttempt,
  StandingOffer,
  State,
  TakenKey,
];
