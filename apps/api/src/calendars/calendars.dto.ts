import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsISO8601,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import type { WindowTimes, Weekday } from '#libs/domain/calendar/calendar.js';

const MOST = 2_000;
const WINDOWS = { type: 'array', items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 } };

/** The content of a version: complete, nothing is carried over from the one before (sla.md 2.2 rule 6b). */
export class CalendarContentDto {
  @ApiProperty({ example: 'Europe/Zurich' }) @IsString() @MaxLength(60) timezone: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: WINDOWS as never,
    description: 'By weekday (mon … sun): windows of two times HH:MM',
  })
  @IsObject()
  weeklyHours: Partial<Record<Weekday, WindowTimes[]>>;
  @ApiProperty({ type: [String], example: ['2027-03-26'] })
  @IsArray()
  @ArrayMaxSize(MOST)
  @IsString({ each: true })
  holidays: string[];
  @ApiProperty({ type: [String], example: ['12-25'] })
  @IsArray()
  @ArrayMaxSize(366)
  @IsString({ each: true })
  annualHolidays: string[];
  @ApiProperty({
    type: 'object',
    additionalProperties: WINDOWS as never,
    description: 'By date: these replace the windows of that day, [] closes it',
  })
  @IsObject()
  specialHours: Record<string, WindowTimes[]>;
  @ApiProperty({ required: false, type: 'array', items: WINDOWS.items as never, description: 'Local civil spans' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST)
  closures?: [string, string][];
  @ApiProperty({
    required: false,
    type: 'object',
    additionalProperties: { type: 'string' } as never,
    description: 'Names of holidays by date or MM-DD',
  } as never)
  @IsOptional()
  @IsObject()
  names?: Record<string, string>;
}

/** A version to publish. */
export class PublishCalendarDto {
  @ApiProperty({ description: 'Number of the version it was made from; 0 for a new calendar' })
  @IsInt()
  @Min(0)
  basedOn: number;
  @ApiProperty({ maxLength: 120 }) @IsString() @IsNotEmpty() @MaxLength(120) title: string;
  @ApiProperty({ description: 'Why', maxLength: 2000 }) @IsString() @IsNotEmpty() @MaxLength(2_000) reason: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'From when it applies; at once without' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;
  @ApiProperty({ type: CalendarContentDto })
  @IsObject()
  @ValidateNested()
  @Type(() => CalendarContentDto)
  calendar: CalendarContentDto;
}
