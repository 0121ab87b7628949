import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { AUDIT_SOURCES } from '#libs/audit/audit-sources.js';
import type { AuditSource } from '#libs/audit/audit-sources.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { NothingTyped, OptionalDay } from '../paging/query-fields.js';

export class AuditQuery extends PageQuery {
  @ApiProperty({ required: false, enum: AUDIT_SOURCES })
  @NothingTyped()
  @IsOptional()
  @IsIn(AUDIT_SOURCES)
  source?: AuditSource;

  @ApiProperty({ required: false, description: 'Id or address of a person, or a part of the name' })
  @NothingTyped()
  @IsOptional()
  @IsString()
  @Length(1, 200)
  person?: string;

  @ApiProperty({ required: false, description: 'Reference of a case' })
  @NothingTyped()
  @IsOptional()
  @IsString()
  @Length(1, 40)
  reference?: string;

  @ApiProperty({ required: false, description: 'Type of an event or of an administrative act' })
  @NothingTyped()
  @IsOptional()
  @IsString()
  @Length(1, 60)
  kind?: string;

  @OptionalDay('First day, in Geneva')
  from?: string;

  @OptionalDay('Last day, in Geneva')
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
