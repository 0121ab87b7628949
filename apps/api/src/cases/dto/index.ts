import type { Type } from '@nestjs/common';
import type { Verb } from '#libs/domain/case/commands/index.js';
import * as circulation from './circulation.dto.js';
import * as delivery from './delivery.dto.js';
import * as intake from './intake.dto.js';

/** What the body of each verb must look like. */
export const COMMAND_DTOS: Record<Verb, Type<object>> = {
  acknowledge: intake.AcknowledgeDto,
  take: intake.NothingDto,
  'assign-owner': intake.AssignOwnerDto,
  verify: intake.VerifyDto,
  reject: intake.ReasonDto,
  triage: intake.TriageDto,
  return: intake.ReturnDto,
  answer: intake.AnswerDto,
  refer: intake.ReferDto,
  decline: intake.ReasonDto,
  merge: intake.MergeDto,
  'request-consent': intake.RequestConsentDto,
  'give-consent': intake.GiveConsentDto,
  'refuse-consent': intake.ReasonDto,
  circulate: circulation.CirculateDto,
  'express-interest': intake.NothingDto,
  'decline-invitation': intake.ReasonDto,
  'ask-question': circulation.AskQuestionDto,
  'answer-question': circulation.AnswerQuestionDto,
  'make-offer': circulation.MakeOfferDto,
  'accept-offer': circulation.AcceptOfferDto,
  'decline-offer': circulation.DeclineOfferDto,
  'agree-plan': delivery.AgreePlanDto,
  'update-progress': delivery.UpdateProgressDto,
  'give-view': delivery.WordsDto,
  'start-national-process': delivery.StartNationalProcessDto,
  'confirm-current': delivery.ConfirmCurrentDto,
  'record-adoption': delivery.RecordAdoptionDto,
  'record-reporting': delivery.RecordReportingDto,
  close: delivery.CloseDto,
  'record-outcome': delivery.WordsDto,
  'record-follow-up': delivery.RecordFollowUpDto,
  reopen: intake.ReasonDto,
  withdraw: intake.ReasonDto,
  suspend: delivery.SuspendDto,
  resume: intake.NothingDto,
  'change-priority': delivery.ChangePriorityDto,
  'log-contact': delivery.LogContactDto,
  'add-note': delivery.WordsDto,
  'excuse-breach': delivery.ExcuseBreachDto,
};
