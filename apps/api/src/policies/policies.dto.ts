import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsInt, IsISO8601, IsNotEmpty, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique } from 'class-validator';

const LONGEST_REASON = 2_000;
const MOST_CASES = 10_000;

export class BeginDraftDto {
  @ApiProperty({ description: 'Number of the version that it begins from' }) @IsInt() @Min(1) basedOn: number;
  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'object' },
    description: 'Clocks, as an exported file has them; left out: those of the version',
  })
  @IsOptional()
  @IsArray()
  clocks?: object[];
}

export class PublishDto {
  @ApiProperty({ maxLength: LONGEST_REASON })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'Left out: from now on' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;
}

export class ApplyDto {
  @ApiProperty({ type: [String], description: 'References of open cases' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CASES)
  @ArrayUnique()
  @IsString({ each: true })
  cases: string[];
  @ApiProperty({ maxLength: LONGEST_REASON })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason: string;
}
