import { VERIFICATION_MEANS } from '#libs/domain/case/events.js';
import type { VerificationMeans } from '#libs/domain/case/events.js';
import { NEED_TYPES } from '#libs/domain/case/request-form.js';
import type { NeedType } from '#libs/domain/case/request-form.js';
import { SHOWN } from '#libs/domain/case/state.js';
import type { Audience, Priority, Shown } from '#libs/domain/case/state.js';
import { AudienceField } from './audience.js';
import { ManyWords, OneOf, SomeOf, Words } from './fields.js';

export const PRIORITIES = ['P1', 'P2', 'P3'] as const;

export class NothingDto {}
export class AcknowledgeDto {
  @Words() message: string;
}
export class AssignOwnerDto {
  @Words({ max: 100 }) ownerId: string;
}
export class HandOverDto {
  @Words({ max: 100 }) to: string;
  @Words() reason: string;
  @Words({ optional: true }) note?: string;
}
export class VerifyDto {
  @OneOf(VERIFICATION_MEANS) means: VerificationMeans;
  @Words() evidence: string;
}
export class ReasonDto {
  @Words() reason: string;
}
export class TriageDto {
  @Words() scope: string;
  @OneOf(PRIORITIES) priority: Priority;
  @SomeOf(NEED_TYPES, { max: 3 }) needTypes: NeedType[];
  @Words() summary: string;
}
export class ReturnDto {
  @ManyWords() questions: string[];
}
export class AnswerDto {
  @ManyWords() answers: string[];
}
export class ReferDto {
  @Words() to: string;
  @Words() reason: string;
}
export class MergeDto {
  @Words({ max: 40 }) into: string;
}

export class RequestConsentDto {
  @AudienceField() audience: Audience;
  @Words() summary: string;
  @OneOf(SHOWN, { optional: true }) shows?: Shown;
}
export class GiveConsentDto {
  @AudienceField({ optional: true }) audience?: Audience;
  @OneOf(SHOWN, { optional: true }) shows?: Shown;
  @Words({ optional: true }) reason?: string;
}
export class ExcludePartyDto {
  @Words({ max: 200 }) party: string;
  @Words() reason: string;
}
