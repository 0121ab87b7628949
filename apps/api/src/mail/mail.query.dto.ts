import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MAIL_STATES } from '#libs/database/entities/mail.entity.js';
import { HELD_FOR, MAIL_CLASSES } from '#libs/domain/mail/mail-class.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import { FARTHEST_DAYS, USUAL_DAYS } from '#libs/mail-forecast/mail-forecast.js';
import type { MailState } from '#libs/mail-views/ledger-row.js';
import { PageQuery } from '../cases/cases.query.dto.js';

/** A field that a form leaves empty asks for nothing. */
const Blank = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && !value.trim() ? undefined : value));

const DAY = /^\d{4}-\d\d-\d\d$/;
const SAY_DAY = { message: 'must be a date like 2026-11-28' };

export class MailQuery extends PageQuery {
  @ApiProperty({ required: false, description: 'Address of the recipient, or a part of it' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 200)
  recipient?: string;

  @ApiProperty({ required: false, description: 'Reference of a case' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 40)
  reference?: string;

  @ApiProperty({ required: false, description: 'Kind of mail' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 60)
  kind?: string;

  @ApiProperty({ required: false, enum: MAIL_STATES })
  @Blank()
  @IsOptional()
  @IsIn(MAIL_STATES)
  state?: MailState;

  @ApiProperty({ required: false, enum: HELD_FOR, description: 'What it waits for' })
  @Blank()
  @IsOptional()
  @IsIn(HELD_FOR)
  heldFor?: HeldFor;

  @ApiProperty({ required: false, enum: MAIL_CLASSES })
  @Blank()
  @IsOptional()
  @IsIn(MAIL_CLASSES)
  class?: MailClass;

  @ApiProperty({ required: false, format: 'date', description: 'First day on which it was or is due, in Geneva' })
  @Blank()
  @IsOptional()
  @Matches(DAY, SAY_DAY)
  @IsISO8601({ strict: true }, SAY_DAY)
  from?: string;

  @ApiProperty({ required: false, format: 'date', description: 'Last day, in Geneva' })
  @Blank()
  @IsOptional()
  @Matches(DAY, SAY_DAY)
  @IsISO8601({ strict: true }, SAY_DAY)
  to?: string;

  @ApiProperty({
    required: false,
    enum: ['yes'],
    description: 'Only those that did not arrive for certain and that nobody has decided on',
  })
  @Blank()
  @IsOptional()
  @IsIn(['yes'])
  undecided?: 'yes';
}

export class MailForecastQuery {
  @ApiProperty({ required: false, minimum: 1, maximum: FARTHEST_DAYS, default: USUAL_DAYS, description: 'Days ahead' })
  @Blank()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(FARTHEST_DAYS)
  days?: number;

  @ApiProperty({ required: false, description: 'Only the case with this reference' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 40)
  reference?: string;
}

export class MailDecisionDto {
  @ApiProperty({ maxLength: 2000, description: 'Why; kept on record' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(2_000)
  reason: string;
}
