import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsUrl,
  Min,
  ValidateNested,
} from 'class-validator';
import { SHORTEST_REASON } from '#libs/domain/case/commands/break-glass.js';
import { FOLLOW_UPS, NATIONAL_STEPS, OUTCOMES } from '#libs/domain/case/events.js';
import type { FollowUp, NationalStep, Outcome } from '#libs/domain/case/events.js';
import type { Priority } from '#libs/domain/case/state.js';
import { CivilDate, OneOf, Words } from './fields.js';
import { PRIORITIES } from './intake.dto.js';

export class MilestoneDto {
  @Words({ max: 200 }) title: string;
  @CivilDate() dueOn: string;
  @Words({ max: 200 }) responsible: string;
}
export class AgreePlanDto {
  @ApiProperty({ type: [MilestoneDto], minItems: 1, maxItems: 30 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => MilestoneDto)
  milestones: MilestoneDto[];
  @Words({ max: 100 }) language: string;
  @Words({ max: 200 }) payer: string;
}
export class MilestoneProgressDto {
  @Words({ max: 100 }) id: string;
  @ApiProperty() @IsBoolean() done: boolean;
}
export class UpdateProgressDto {
  @Words() text: string;
  @ApiProperty({ type: [MilestoneProgressDto], required: false })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => MilestoneProgressDto)
  milestones?: MilestoneProgressDto[];
}
export class WordsDto {
  @Words() text: string;
}
export class StartNationalProcessDto {
  @Words({ max: 300 }) lawTitle: string;
  @OneOf(NATIONAL_STEPS) step: NationalStep;
}
export class ConfirmCurrentDto {
  @OneOf(NATIONAL_STEPS) step: NationalStep;
  @Words({ optional: true }) text?: string;
}
export class RecordAdoptionDto {
  @Words({ max: 300 }) title: string;
  @Words({ optional: true, max: 100 }) number?: string;
  @CivilDate() date: string;
  @ApiProperty({ type: String, format: 'uri', required: false })
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true }, { message: 'url must be an https address' })
  url?: string;
}
export class RecordReportingDto {
  @CivilDate() reportDate: string;
}
export class CloseDto {
  @OneOf(OUTCOMES) outcome: Outcome;
  @Words() text: string;
}
export class RecordFollowUpDto {
  @OneOf(FOLLOW_UPS) followUp: FollowUp;
  @Words() text: string;
}
export class SuspendDto {
  @Words() reason: string;
  @CivilDate() reviewOn: string;
}
export class ChangePriorityDto {
  @OneOf(PRIORITIES) priority: Priority;
  @Words({ optional: true }) reason?: string;
}
export class LogContactDto {
  @Words({ max: 200 }) with: string;
  @OneOf(['call', 'meeting', 'e-mail', 'letter']) means: string;
  @Words() text: string;
  /** `requester`, or the id of an invited organisation. */
  @Words({ optional: true, max: 60 }) reached?: string;
}
export class ExcuseBreachDto {
  @Words({ max: 60 }) clock: string;
  @Words({ optional: true, max: 100 }) subject?: string;
  @ApiProperty({ required: false, minimum: 1 }) @IsOptional() @IsInt() @Min(1) cycle?: number;
  @Words() reason: string;
}
export class BreakGlassDto {
  @Words({ min: SHORTEST_REASON }) reason: string;
}
