import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { FARTHEST_HOURS, USUAL_HOURS } from '#libs/case-reading/forecast.js';

export class ForecastRange {
  @ApiProperty({
    required: false,
    minimum: 1,
    maximum: FARTHEST_HOURS,
    default: USUAL_HOURS,
    description: 'Open hours ahead, on the calendar of Geneva',
  })
  @Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(FARTHEST_HOURS)
  hours?: number;
}
