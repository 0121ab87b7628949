import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  Equals,
  IsInt,
  IsISO4217CurrencyCode,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { FLAG_ANSWERS, FUNDING_KINDS } from '#libs/domain/case/request-form.js';
import { CivilDate, OneOf, Words } from '../cases/dto/fields.js';
import { NotBefore } from './rules.js';

export class PreviousRequestDto {
  @Words({ max: 300 }) where: string;
  @Words({ optional: true, max: 100 }) when?: string;
  @Words({ optional: true, max: 500 }) result?: string;
}

export class TargetDatesDto {
  @CivilDate() earliest: string;
  @CivilDate() @NotBefore('earliest') neededBy: string;
}

export class MoneyDto {
  @ApiProperty({ example: '1000.00' })
  @Matches(/^\d{1,12}(\.\d{1,2})?$/, { message: 'amount must be a number such as 1000.00' })
  amount: string;

  @ApiProperty({ example: 'CHF' })
  @IsISO4217CurrencyCode({ message: 'currency must be an ISO 4217 code such as CHF' })
  currency: string;
}

export class FundingDto {
  @OneOf(FUNDING_KINDS) kind: (typeof FUNDING_KINDS)[number];

  @ApiProperty({ type: MoneyDto, required: false })
  @ValidateIf(({ amount }: FundingDto) => amount !== undefined)
  @ValidateNested()
  @Type(() => MoneyDto)
  amount?: MoneyDto;
}

export class DeclarationDto {
  @Words({ max: 200 }) name: string;
  @Words({ max: 200 }) title: string;

  @ApiProperty({ enum: [true] })
  @Equals(true, { message: 'agreed must be true: an authorised official declares the request' })
  agreed: true;
}

export class ExistingLawDto {
  @Words({ max: 300 }) title: string;
  @ApiProperty({ required: false }) @IsOptional() @IsInt() @Min(1800) @Max(2100) year?: number;

  @ApiProperty({ required: false, format: 'uri' })
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true }, { message: 'url must be an https address' })
  url?: string;
}

type Flag = (typeof FLAG_ANSWERS)[number];

export class ProfileFlagsDto {
  @OneOf(FLAG_ANSWERS, { optional: true }) stockpile?: Flag;
  @OneOf(FLAG_ANSWERS, { optional: true }) contamination?: Flag;
  @OneOf(FLAG_ANSWERS, { optional: true }) productionHistory?: Flag;
  @OneOf(FLAG_ANSWERS, { optional: true }) foreignForces?: Flag;
  @OneOf(FLAG_ANSWERS, { optional: true }) hostsTransit?: Flag;
  @OneOf(FLAG_ANSWERS, { optional: true }) financialCentre?: Flag;
}

export class NoteVerbaleDto {
  @Words({ max: 100 }) number: string;
  @CivilDate() date: string;
}
