import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { LANGUAGES, LEGAL_SYSTEMS, MODALITIES, NEED_TYPES } from '#libs/domain/case/request-form.js';
import type { NeedType } from '#libs/domain/case/request-form.js';
import { LONGEST_CONDITIONS, LONGEST_MONTHS, REGIONS } from '#libs/standing-offers/offer-facts.js';
import { OFFER_STATES } from '#libs/standing-offers/offer-view.js';
import type { OfferState } from '#libs/standing-offers/offer-view.js';
import { PageQuery } from '../cases/cases.query.dto.js';

const MOST_STATES = 200;
const VALID_UNTIL = { format: 'date', description: `Last day of it in Geneva, at most ${LONGEST_MONTHS} months away` };

export class OffersQuery extends PageQuery {
  @ApiProperty({ required: false, enum: NEED_TYPES }) @IsOptional() @IsIn(NEED_TYPES) needType?: NeedType;
  @ApiProperty({ required: false, enum: OFFER_STATES }) @IsOptional() @IsIn(OFFER_STATES) state?: OfferState;
}

export class AddOfferDto {
  @ApiProperty({ format: 'uuid', description: 'The provider' }) @IsUUID() organisationId: string;
  @ApiProperty({ enum: NEED_TYPES, isArray: true }) @IsArray() @IsIn(NEED_TYPES, { each: true }) needTypes: NeedType[];
  @ApiProperty({ enum: LEGAL_SYSTEMS, isArray: true })
  @IsArray()
  @IsIn(LEGAL_SYSTEMS, { each: true })
  legalSystems: (typeof LEGAL_SYSTEMS)[number][];
  @ApiProperty({ enum: LANGUAGES, isArray: true }) @IsArray() @IsIn(LANGUAGES, { each: true }) languages: string[];
  @ApiProperty({ enum: REGIONS, isArray: true, description: 'With `states` empty, too: for all' })
  @IsArray()
  @IsIn(REGIONS, { each: true })
  regions: string[];
  @ApiProperty({ type: [String], description: 'Alpha-3 codes' })
  @IsArray()
  @ArrayMaxSize(MOST_STATES)
  @IsString({ each: true })
  states: string[];
  @ApiProperty({ enum: MODALITIES, isArray: true })
  @IsArray()
  @IsIn(MODALITIES, { each: true })
  modalities: (typeof MODALITIES)[number][];
  @ApiProperty({ description: 'Whether it brings funds' }) @IsBoolean() funding: boolean;
  @ApiProperty({ description: 'Requests a year' }) @IsInt() capacityPerYear: number;
  @ApiProperty({ description: 'Days from an agreement to the beginning' }) @IsInt() leadTimeDays: number;
  @ApiProperty({ maxLength: LONGEST_CONDITIONS }) @IsString() @MaxLength(LONGEST_CONDITIONS) conditions: string;
  @ApiProperty({ description: 'Never public' }) @IsString() @MaxLength(200) contactName: string;
  @ApiProperty({ description: 'Never public' }) @IsString() @MaxLength(200) contactEmail: string;
  @ApiProperty({ description: 'Whether everybody who signs in sees it; the contact nobody does' })
  @IsBoolean()
  public: boolean;
  @ApiProperty(VALID_UNTIL) @IsString() @MaxLength(10) validUntil: string;
}

/** What is to be otherwise; the provider stays. */
export class ChangeOfferDto extends PartialType(OmitType(AddOfferDto, ['organisationId'])) {}

export class RenewOfferDto {
  @ApiProperty(VALID_UNTIL) @IsString() @MaxLength(10) validUntil: string;
}

/** Nothing has to be said. */
export class WithdrawOfferDto {}
