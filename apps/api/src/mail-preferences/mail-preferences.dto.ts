import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { READER_RHYTHMS } from '#libs/domain/mail/mail-policy.js';
import type { ReaderRhythm } from '#libs/domain/mail/mail-policy.js';
import { WEEK } from '#libs/people/mail-preferences.js';

const TIME = /^([01]\d|2[0-4]):[0-5]\d$/;
/** Has to be there; null means: as is usual. */
const OrNull = () => ValidateIf((_, value) => value !== null);

/** How somebody wants their mail. Days and hours go together: all three, or all null. */
export class MailPreferencesDto {
  @ApiProperty({
    type: 'string',
    enum: [...READER_RHYTHMS, null],
    nullable: true,
    description: 'Of what only informs: each by itself, a digest, or nothing; null: as is usual',
  })
  @OrNull()
  @IsIn(READER_RHYTHMS)
  rhythm: ReaderRhythm | null;
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...WEEK] }, nullable: true })
  @OrNull()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsIn(WEEK, { each: true })
  days: Weekday[] | null;
  @ApiProperty({ type: 'string', nullable: true, example: '09:00', pattern: TIME.source })
  @OrNull()
  @Matches(TIME)
  from: string | null;
  @ApiProperty({ type: 'string', nullable: true, example: '17:00', pattern: TIME.source })
  @OrNull()
  @Matches(TIME)
  until: string | null;
  @ApiProperty({ example: 'Africa/Lusaka', description: 'In which the hours are meant' })
  @IsString()
  @MaxLength(60)
  timezone: string;
}
