import { applyDecorators } from '@nestjs/common';
import type { Type as Class } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import * as form from '#libs/domain/case/request-form.js';
import type { RequestForm } from '#libs/domain/case/request-form.js';
import { CivilDate, OneOf, SomeOf, asLine, trimmed, Words } from '../cases/dto/fields.js';
import { MissionContactDto, PersonDto } from './contact.dto.js';
import {
  DeclarationDto,
  ExistingLawDto,
  FundingDto,
  NoteVerbaleDto,
  PreviousRequestDto,
  ProfileFlagsDto,
  TargetDatesDto,
} from './parts.dto.js';
import { AnotherMailboxThan, InstantOfConvention } from './rules.js';

const MOST = 50;
const MOST_NEEDS = 3;

const whenGiven = (optional: boolean): PropertyDecorator[] => (optional ? [IsOptional()] : []);

const Part = (type: Class<object>, optional = false): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type, required: !optional }),
    IsObject(),
    ValidateNested(),
    Type(() => type),
    ...whenGiven(optional),
  );
const Parts = (type: Class<object>, optional = false): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [type], required: !optional, maxItems: MOST }),
    IsArray(),
    ArrayMaxSize(MOST),
    ValidateNested({ each: true }),
    Type(() => type),
    ...whenGiven(optional),
  );
const Texts = (least: number, optional = false): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], required: !optional, minItems: least, maxItems: MOST }),
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(MOST),
    asLine,
    IsString({ each: true }),
    Length(1, 300, { each: true }),
    ...whenGiven(optional),
  );
const Prose = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: least, maxLength: most }),
    trimmed,
    IsString(),
    Length(least, most, {
      message: ({ value }) =>
        `must be ${least} to ${most} characters long; it has ${typeof value === 'string' ? value.length : 0}`,
    }),
  );

/** A request as a program or our form sends it: every field of `product.md`, Request form. */
export class OpenRequestDto implements RequestForm {
  @ApiProperty({ example: 'QMB' })
  @Matches(/^[A-Z]{3}$/, { message: 'requestingState must be an ISO 3166 alpha-3 code' })
  requestingState: string;

  @OneOf(form.CHANNELS) channel: form.Channel;
  @OneOf(form.LANGUAGES) language: form.Language;
  @Words({ max: 200 }) leadMinistry: string;
  @Words({ optional: true, max: 200 }) leadUnit?: string;
  @Part(PersonDto) focalPoint: PersonDto;
  @Part(PersonDto) @AnotherMailboxThan('focalPoint') alternateContact: PersonDto;
  @Part(MissionContactDto) missionContact: MissionContactDto;
  @OneOf(form.SELF_ASSESSMENTS) article9SelfAssessment: RequestForm['article9SelfAssessment'];
  @SomeOf(form.NEED_TYPES, { max: MOST_NEEDS }) needTypes: form.NeedType[];
  @Prose(200, 4_000) needDescription: string;
  @Prose(50, 1_000) expectedResult: string;
  @Texts(1) beneficiaryBodies: string[];
  @SomeOf(form.LEGAL_SYSTEMS) legalSystems: RequestForm['legalSystems'];
  @OneOf(form.TREATY_EFFECTS) treatyEffect: RequestForm['treatyEffect'];
  @Parts(PreviousRequestDto) previousRequests: PreviousRequestDto[];
  @SomeOf(form.MODALITIES) modalities: RequestForm['modalities'];
  @Part(TargetDatesDto) targetDates: TargetDatesDto;
  @Part(FundingDto) funding: FundingDto;
  @OneOf(form.CIRCULATION_CONSENTS) circulationConsent: RequestForm['circulationConsent'];
  @OneOf(form.PUBLIC_SUMMARY_CONSENTS) publicSummaryConsent: RequestForm['publicSummaryConsent'];
  @Texts(0) excludedParties: string[];
  @Part(DeclarationDto) declaration: DeclarationDto;

  @Texts(1, true) languagesOfOutput?: string[];
  @OneOf(form.RATIFICATION_STAGES, { optional: true }) stageOfRatification?: RequestForm['stageOfRatification'];
  @CivilDate({ optional: true }) lastArticle7Date?: string;
  @OneOf(form.FLAG_ANSWERS, { optional: true }) formAChanged?: RequestForm['formAChanged'];
  @Parts(ExistingLawDto, true) existingLaws?: ExistingLawDto[];
  @Part(ProfileFlagsDto, true) profileFlags?: ProfileFlagsDto;
  @Words({ optional: true, max: 200 }) modelLawChoice?: string;
  @ApiProperty({ required: false, enum: form.SISTER_TREATIES, isArray: true })
  @IsOptional()
  @IsIn(form.SISTER_TREATIES, { each: true })
  @IsArray()
  sisterTreaties?: RequestForm['sisterTreaties'];
  @ApiProperty({ required: false, enum: form.OBSTACLES, isArray: true })
  @IsOptional()
  @IsIn(form.OBSTACLES, { each: true })
  @IsArray()
  obstacles?: RequestForm['obstacles'];
  @Words({ optional: true }) obstaclesText?: string;
  @Words({ optional: true }) helpAlreadyReceived?: string;
  @Words({ optional: true }) parliamentaryCalendar?: string;
  @ApiProperty({ required: false }) @IsOptional() @IsBoolean() regionalInterest?: boolean;

  @ApiProperty({ required: false, format: 'date-time', description: 'When a request on paper came; coordinators only' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @InstantOfConvention()
  receivedAt?: string;

  @Part(NoteVerbaleDto, true) noteVerbale?: NoteVerbaleDto;
}
