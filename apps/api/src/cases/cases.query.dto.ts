import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { QUEUE_NAMES } from '#libs/case-reading/queues.js';
import type { Queue } from '#libs/case-reading/queues.js';
import { STAGES } from '#libs/domain/case/stages.js';
import type { Stage } from '#libs/domain/case/stages.js';

const LONGEST_PAGE = 200;

/** A field that a form leaves empty asks for nothing. */
export const Blank = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

export class PageQuery {
  @ApiProperty({ required: false, minimum: 1, maximum: LONGEST_PAGE })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LONGEST_PAGE)
  limit?: number;

  @ApiProperty({ required: false, description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  cursor?: string;
}

export class CasesQuery extends PageQuery {
  @ApiProperty({ required: false, enum: QUEUE_NAMES }) @Blank() @IsOptional() @IsIn(QUEUE_NAMES) queue?: Queue;
  @ApiProperty({ required: false, enum: STAGES }) @Blank() @IsOptional() @IsIn(STAGES) stage?: Stage;
  @ApiProperty({ required: false, description: 'Person id' }) @Blank() @IsOptional() @IsString() owner?: string;
  @ApiProperty({ required: false, description: 'Alpha-3 code' }) @Blank() @IsOptional() @IsString() state?: string;
  @ApiProperty({ required: false, description: 'Part of a reference or of a State’s name' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;
}
