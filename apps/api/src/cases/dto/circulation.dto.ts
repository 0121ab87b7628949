import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, IsArray, IsString, ValidateIf } from 'class-validator';
import { DECLINE_REASONS } from '#libs/domain/case/answers.js';
import type { DeclineReason } from '#libs/domain/case/answers.js';
import { FUNDING_KINDS } from '#libs/domain/case/request-form.js';
import { CivilDate, OneOf, Words } from './fields.js';

export class CirculateDto {
  @ApiProperty({ type: [String], description: 'Organisation ids or codes, within the State’s consent' })
  @IsArray()
  @ArrayMinSize(1)
  @IsString({ each: true })
  organisations: string[];
}
/** One of the two at least. */
export class DeclineInvitationDto {
  @OneOf(DECLINE_REASONS, { optional: true }) why?: DeclineReason;
  @ApiProperty({ required: false, description: 'Required where `why` is not given' })
  @ValidateIf(({ why, reason }: DeclineInvitationDto) => why === undefined || reason !== undefined)
  @Words()
  reason?: string;
}
export class AskForTimeDto {
  @CivilDate() until: string;
}
export class PassOnDto {
  @Words({ max: 254 }) email: string;
}
export class AskQuestionDto {
  @Words() question: string;
}
export class AnswerQuestionDto {
  @Words({ max: 100 }) questionId: string;
  @Words() answer: string;
}
export class MakeOfferDto {
  @Words() text: string;
  @CivilDate() from: string;
  @CivilDate() to: string;
  @OneOf(FUNDING_KINDS) funding: string;
}
export class AcceptOfferDto {
  @Words({ max: 100 }) offerId: string;
}
export class DeclineOfferDto extends AcceptOfferDto {
  @Words() reason: string;
}
