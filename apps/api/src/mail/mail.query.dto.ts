import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { MAIL_STATES } from '#libs/database/entities/mail.entity.js';
import { HELD_FOR, MAIL_CLASSES } from '#libs/domain/mail/mail-class.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import { FARTHEST_DAYS, USUAL_DAYS } from '#libs/mail-forecast/mail-forecast.js';
import type { MailState } from '#libs/mail-views/ledger-row.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { NothingTyped, OptionalDay } from '../paging/query-fields.js';

export class MailQuery extends PageQuery {
  @ApiProperty({ required: false, description: 'Address of the recipient, or a part of it' })
  @NothingTyped()
  @IsOptional()
  @IsString()
  @Length(1, 200)
  recipient?: string;

  @ApiProperty({ required: false, description: 'Reference of a case' })
  @NothingTyped()
  @IsOptional()
  @IsString()
  @Length(1, 40)
  reference?: string;

  @ApiProperty({ required: false, description: 'Kind of mail' })
  @NothingTyped()
  @IsOptional()
  @IsString()
  @Length(1, 60)
  kind?: string;

  @ApiProperty({ required: false, enum: MAIL_STATES })
  @NothingTyped()
  @IsOptional()
  @IsIn(MAIL_STATES)
  state?: MailState;

  @ApiProperty({ required: false, enum: HELD_FOR, description: 'What it waits for' })
  @NothingTyped()
  @IsOptional()
  @IsIn(HELD_FOR)
  heldFor?: HeldFor;

  @ApiProperty({ required: false, enum: MAIL_CLASSES })
  @NothingTyped()
  @IsOptional()
  @IsIn(MAIL_CLASSES)
  class?: MailClass;

  @OptionalDay('First day on which it was or is due, in Geneva')
  from?: string;

  @OptionalDay('Last day, in Geneva')
  to?: string;

  @ApiProperty({
    required: false,
    enum: ['yes'],
    description: 'Only those that did not arrive for certain and that nobody has decided on',
  })
  @NothingTyped()
  @IsOptional()
  @IsIn(['yes'])
  undecided?: 'yes';
}

export class MailForecastQuery {
  @ApiProperty({ required: false, minimum: 1, maximum: FARTHEST_DAYS, default: USUAL_DAYS, description: 'Days ahead' })
  @NothingTyped()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(FARTHEST_DAYS)
  days?: number;

  @ApiProperty({ required: false, description: 'Only the case with this reference' })
  @NothingTyped()
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
