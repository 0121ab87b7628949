import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { AUDIT_SOURCES } from '#libs/audit/audit-sources.js';
import type { AuditSource } from '#libs/audit/audit-sources.js';
import { PageQuery } from '../cases/cases.query.dto.js';

/** A field that a form leaves empty asks for nothing. */
const Blank = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && !value.trim() ? undefined : value));

const DAY = /^\d{4}-\d\d-\d\d$/;
const SAY_DAY = { message: 'must be a date like 2026-11-28' };

export class AuditQuery extends PageQuery {
  @ApiProperty({ required: false, enum: AUDIT_SOURCES })
  @Blank()
  @IsOptional()
  @IsIn(AUDIT_SOURCES)
  source?: AuditSource;

  @ApiProperty({ required: false, description: 'Id or address of a person, or a part of the name' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 200)
  person?: string;

  @ApiProperty({ required: false, description: 'Reference of a case' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 40)
  reference?: string;

  @ApiProperty({ required: false, description: 'Type of an event or of an administrative act' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 60)
  kind?: string;

  @ApiProperty({ required: false, format: 'date', description: 'First day, in Geneva' })
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
}

export class CheckpointsQuery {
  @ApiProperty({ required: false, minimum: 1, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @ApiProperty({ required: false, description: '`next` of the page before' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  cursor?: number;
}
